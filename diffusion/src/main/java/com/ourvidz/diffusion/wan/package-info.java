/**
 * The WAN 2.1 pipeline: prompts in, frames out, with VACE held to a first and a last frame. It puts {@code tokenizer}, {@code umt5}, {@code
 * dit}, {@code scheduler} and {@code wanvae} together, and is what users of the library call.
 */
@NullMarked
package com.ourvidz.diffusion.wan;

import org.jspecify.annotations.NullMarked;

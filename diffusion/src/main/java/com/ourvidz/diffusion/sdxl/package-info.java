/**
 * The SDXL pipeline: prompts in, pictures out. It puts {@code tokenizer}, {@code clip}, {@code unet}, {@code lora}, {@code scheduler} and
 * {@code vae} together, and is what users of the library call.
 */
@NullMarked
package com.ourvidz.diffusion.sdxl;

import org.jspecify.annotations.NullMarked;

/**
 * CLIP's text encoder (Radford et al. 2021): token ids in, what the UNet is conditioned on out. It uses {@code checkpoint}, {@code layers}
 * and {@code tensor}.
 */
@NullMarked
package com.ourvidz.diffusion.clip;

import org.jspecify.annotations.NullMarked;

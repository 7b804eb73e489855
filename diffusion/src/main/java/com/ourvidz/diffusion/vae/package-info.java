/**
 * The autoencoders between pictures and latents: {@code AutoencoderKL} (Rombach et al. 2022) and {@code AutoencoderTiny}. It uses {@code
 * checkpoint}, {@code layers} and {@code tensor}.
 */
@NullMarked
package com.ourvidz.diffusion.vae;

import org.jspecify.annotations.NullMarked;

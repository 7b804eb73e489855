/**
 * The UNet of SDXL (Podell et al. 2023): from noisy latents, the time and the prompt's embeddings to what the scheduler needs. It uses
 * {@code checkpoint}, {@code layers} and {@code tensor}.
 */
@NullMarked
package com.ourvidz.diffusion.unet;

import org.jspecify.annotations.NullMarked;

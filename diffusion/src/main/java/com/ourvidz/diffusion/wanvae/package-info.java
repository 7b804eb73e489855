/**
 * WAN 2.1's causal video autoencoder (Wan Team 2025): frames to latents and back, a group of frames at a time. It uses {@code checkpoint},
 * {@code layers}, {@code tensor} and, for what an encoder says, {@code vae}.
 */
@NullMarked
package com.ourvidz.diffusion.wanvae;

import org.jspecify.annotations.NullMarked;

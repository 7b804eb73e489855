/**
 * The diffusion transformer of WAN 2.1 (Wan Team 2025), with VACE's branch for known frames (Jiang et al. 2025): from noisy latents, the time
 * and the prompt's embeddings to what the scheduler needs. It uses {@code checkpoint}, {@code layers} and {@code tensor}.
 */
@NullMarked
package com.ourvidz.diffusion.dit;

import org.jspecify.annotations.NullMarked;

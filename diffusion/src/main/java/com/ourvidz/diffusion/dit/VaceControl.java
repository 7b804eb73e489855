package com.ourvidz.diffusion.dit;

import org.bytedeco.pytorch.Tensor;

/**
 * What a video is held to.
 *
 * @param latents of the known frames, of the unknown ones, and the mask: (1, control channels, frames, height, width)
 * @param scale how much it counts, 0 for not at all: diffusers' {@code conditioning_scale}
 */
public record VaceControl(Tensor latents, double scale) {}

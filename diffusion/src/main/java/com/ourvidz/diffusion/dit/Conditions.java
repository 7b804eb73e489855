package com.ourvidz.diffusion.dit;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * What every block knows beside the latents.
 *
 * @param time (batch, 1, size)
 * @param modulation what the time says to each of a block's six scales and shifts: (batch, 6, size)
 * @param text the prompt: (batch, textTokens, size)
 * @param textBias how much more than one its tokens count; see {@link TextContext#bias}
 * @param rotation where the tokens are; see {@link RotaryEmbedding#of}
 */
record Conditions(Tensor time, Tensor modulation, Tensor text, TensorOptional textBias, Tensor rotation) {}

package com.ourvidz.diffusion.unet;

import org.bytedeco.pytorch.Tensor;

/**
 * What a picture is to be, the same at every step.
 *
 * @param context the prompts' embeddings, token by token: (batch, tokens, contextSize)
 * @param pooled the prompts' embeddings as a whole: (batch, pooledSize)
 * @param timeIds original height and width, crop from the top and the left, target height and width: (batch, 6), float32, on the CPU
 */
public record Conditioning(Tensor context, Tensor pooled, Tensor timeIds) {

    /** How many numbers tell the sizes. */
    public static final int TIME_IDS = 6;
}

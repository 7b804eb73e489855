package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.tokenizer.Chunk;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Weights on the tokens of a prompt, as AUTOMATIC1111's web UI applies them: each token's hidden state times its weight, and then all of
 * them times what brings their mean back to what it was.
 */
final class Emphasis {

    private Emphasis() {}

    /**
     * What a text encoder made of a chunk, with its weights; the same tensor when all of them are 1.
     *
     * @param hidden (1, tokens, hidden)
     */
    static Tensor apply(Tensor hidden, Chunk chunk) {
        if (!chunk.isWeighted()) {
            return hidden;
        }
        Tensor exact = hidden.to(ScalarType.Float);
        Tensor weighted = exact.mul(Tensor.create(chunk.weights(), 1, chunk.weights().length, 1));
        Tensor ratio = exact.mean().div(weighted.mean());
        return (ratio.isfinite().item_bool() ? weighted.mul(ratio) : weighted).to(hidden.scalar_type());
    }
}

package com.ourvidz.diffusion.dit;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A prompt as the transformer sees it. After its end WAN has zeros up to 512 tokens, which attention weighs like any other: equal tokens are
 * kept once and counted, which is the same and, for a picture, a third less work.
 *
 * @param embeddings (1, tokens, textSize)
 * @param lastRepeated how many tokens the last one stands for, at least 1
 */
public record TextContext(Tensor embeddings, int lastRepeated) {

    /** Each token for itself. */
    public TextContext(Tensor embeddings) {
        this(embeddings, 1);
    }

    /** What is added to attention's scores, (1, 1, 1, tokens): n equal keys have the weight of one whose score is ln(n) larger. */
    TensorOptional bias(ScalarType dtype) {
        if (lastRepeated == 1) {
            return new TensorOptional();
        }
        float[] values = new float[(int) embeddings.size(1)];
        values[values.length - 1] = (float) Math.log(lastRepeated);
        return new TensorOptional(Tensor.create(values, 1, 1, 1, values.length).to(embeddings.device(), dtype));
    }
}

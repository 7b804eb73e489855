package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.clip.ClipText;
import com.ourvidz.diffusion.clip.ClipTextModel;
import com.ourvidz.diffusion.tokenizer.ClipTokenizer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** SDXL's two text encoders side by side; the second gives the prompt as a whole. */
record PromptEncoder(
        ClipTokenizer tokenizer, ClipTextModel textEncoder, ClipTokenizer tokenizer2, ClipTextModel textEncoder2)
        implements AutoCloseable {

    /**
     * A prompt as the UNet sees it.
     *
     * @param context (1, tokens, hidden of both encoders)
     * @param pooled (1, projection)
     */
    record Embedding(Tensor context, Tensor pooled) {

        /** What stands for no prompt at all. */
        Embedding zeros() {
            return new Embedding(torch.zeros_like(context), torch.zeros_like(pooled));
        }
    }

    int contextSize() {
        return textEncoder.hiddenSize() + textEncoder2.hiddenSize();
    }

    /** 0 when the second encoder is one without projection. */
    int pooledSize() {
        return textEncoder2.projectionSize().orElse(0);
    }

    Embedding encode(String prompt) {
        ClipText first = textEncoder.forward(tokenizer.encode(prompt));
        ClipText second = textEncoder2.forward(tokenizer2.encode(prompt));
        Tensor context = torch.cat(new TensorVector(first.penultimate(), second.penultimate()), 2);
        return new Embedding(context, second.pooled().orElseThrow());
    }

    @Override
    public void close() {
        tokenizer.close();
        tokenizer2.close();
    }
}

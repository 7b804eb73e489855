package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.tensor.Scoped;
import com.ourvidz.diffusion.tokenizer.Umt5Tokenizer;
import com.ourvidz.diffusion.umt5.Umt5EncoderModel;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A prompt as the transformer sees it. */
record PromptEncoder(Umt5Tokenizer tokenizer, Umt5EncoderModel textEncoder) implements AutoCloseable {

    int contextSize() {
        return textEncoder.hiddenSize();
    }

    /** The hidden states of a prompt's tokens, and zeros after its end: (1, maxTokens, contextSize). */
    Tensor encode(String prompt, int maxTokens) {
        return Scoped.result(() -> {
            Tensor hidden = textEncoder.forward(tokenizer.encode(PromptText.clean(prompt), maxTokens));
            return torch.constant_pad_nd(hidden, new long[] {0, 0, 0, maxTokens - hidden.size(1)});
        });
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.dit.TextContext;
import com.ourvidz.diffusion.tokenizer.Umt5Tokenizer;
import com.ourvidz.diffusion.umt5.Umt5EncoderModel;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A prompt as the transformer sees it. */
record PromptEncoder(Umt5Tokenizer tokenizer, Umt5EncoderModel textEncoder) implements AutoCloseable {

    private static final long[] ONE_TOKEN_MORE = {0, 0, 0, 1};

    int contextSize() {
        return textEncoder.hiddenSize();
    }

    /** The hidden states of a prompt's tokens, and after its end zeros up to {@code maxTokens}. */
    TextContext encode(String prompt, int maxTokens) {
        long[] ids = tokenizer.encode(PromptText.clean(prompt), maxTokens);
        Tensor hidden = textEncoder.forward(ids); // (1, ids, contextSize)
        int zeros = maxTokens - ids.length;
        return zeros == 0
                ? new TextContext(hidden)
                : new TextContext(torch.constant_pad_nd(hidden, ONE_TOKEN_MORE), zeros);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.clip.ClipText;
import com.ourvidz.diffusion.clip.ClipTextModel;
import com.ourvidz.diffusion.tokenizer.ClipTokenizer;
import java.nio.file.Path;
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

    /**
     * The tokenizers' lengths are the same, and no more than the encoders read.
     *
     * @throws CheckpointException when they are not
     */
    void requireMatch(Path checkpoint) {
        int length = tokenizer.maxLength();
        int read = Math.min(textEncoder.positions(), textEncoder2.positions());
        if (length != tokenizer2.maxLength() || length > read) {
            throw new CheckpointException(checkpoint + ": the tokenizer's model_max_length is " + length
                    + ", that of tokenizer_2 is " + tokenizer2.maxLength()
                    + ", and text_encoder and text_encoder_2 read "
                    + read + " tokens. Choose a checkpoint with all parts from the same one.");
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

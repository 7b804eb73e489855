package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.clip.ClipText;
import com.ourvidz.diffusion.clip.ClipTextModel;
import com.ourvidz.diffusion.sdxl.Options.Prompts;
import com.ourvidz.diffusion.tokenizer.Chunk;
import com.ourvidz.diffusion.tokenizer.ClipTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** SDXL's two text encoders side by side; the second gives the prompt as a whole. */
record PromptEncoder(
        ClipTokenizer tokenizer,
        ClipTextModel textEncoder,
        ClipTokenizer tokenizer2,
        ClipTextModel textEncoder2,
        Prompts prompts)
        implements AutoCloseable {

    /**
     * A prompt as the UNet sees it.
     *
     * @param context (1, tokens, hidden of both encoders)
     * @param pooled (1, projection)
     */
    record Embedding(Tensor context, Tensor pooled) {

        long tokens() {
            return context.size(1);
        }

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

    /** The chunks of a prompt one after another; the first speaks for the prompt as a whole. */
    Embedding encode(String prompt) {
        List<Chunk> first = chunks(tokenizer, prompt);
        List<Chunk> second = chunks(tokenizer2, prompt);
        int count = Math.max(first.size(), second.size());
        List<Embedding> embeddings = IntStream.range(0, count)
                .mapToObj(i -> encode(chunk(first, i, tokenizer), chunk(second, i, tokenizer2)))
                .toList();
        return new Embedding(
                joined(embeddings.stream().map(Embedding::context)),
                embeddings.getFirst().pooled());
    }

    private List<Chunk> chunks(ClipTokenizer tokens, String prompt) {
        return switch (prompts) {
            case WEIGHTED -> tokens.chunks(prompt);
            case PLAIN -> List.of(tokens.plain(prompt));
        };
    }

    /** Where one tokenizer has fewer chunks than the other, nothing. */
    private static Chunk chunk(List<Chunk> chunks, int i, ClipTokenizer tokenizer) {
        return i < chunks.size() ? chunks.get(i) : tokenizer.plain("");
    }

    private Embedding encode(Chunk first, Chunk second) {
        ClipText text = textEncoder.forward(first.ids());
        ClipText text2 = textEncoder2.forward(second.ids());
        Tensor context = torch.cat(
                new TensorVector(
                        Emphasis.apply(text.penultimate(), first), Emphasis.apply(text2.penultimate(), second)),
                2);
        return new Embedding(context, text2.pooled().orElseThrow());
    }

    /** A prompt followed by as many chunks with nothing in them as another is longer. */
    Embedding asLongAs(Embedding other, Embedding embedding) {
        long missing = other.tokens() - embedding.tokens();
        if (missing <= 0) {
            return embedding;
        }
        Tensor empty = encode("").context();
        Stream<Tensor> padding = Stream.generate(() -> empty).limit(missing / empty.size(1));
        return new Embedding(joined(Stream.concat(Stream.of(embedding.context()), padding)), embedding.pooled());
    }

    private static Tensor joined(Stream<Tensor> contexts) {
        return torch.cat(new TensorVector(contexts.toArray(Tensor[]::new)), 1); // (1, all tokens, hidden)
    }

    @Override
    public void close() {
        tokenizer.close();
        tokenizer2.close();
    }
}

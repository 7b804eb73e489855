package com.ourvidz.diffusion.tokenizer;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.tokenizer.Chunks.Token;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * CLIP's tokenizer: lower-cased byte-level BPE (<a href="https://arxiv.org/abs/2103.00020">Radford et al. 2021</a>),
 * with the ids that transformers gives. May be used by several threads.
 *
 * <p>The native tokenizer lies in DJL's jar and is unpacked once, into {@code ~/.djl.ai} or where {@code DJL_CACHE_DIR}
 * says. DJL is told to stay off the network.
 */
public final class ClipTokenizer implements AutoCloseable {

    private final NativeTokenizer tokenizer;
    private final int bos;
    private final int eos;
    private final int pad;
    private final int maxLength;

    private ClipTokenizer(NativeTokenizer tokenizer, int bos, int eos, int pad, int maxLength) {
        this.tokenizer = tokenizer;
        this.bos = bos;
        this.eos = eos;
        this.pad = pad;
        this.maxLength = maxLength;
    }

    /**
     * Reads a tokenizer.
     *
     * @param folder holds {@code tokenizer.json}, or {@code vocab.json} and {@code merges.txt}; {@code
     *     tokenizer_config.json} and {@code special_tokens_map.json} say which tokens start, end and pad a prompt, and
     *     are as in CLIP when they are missing
     * @throws CheckpointException when a file is missing or damaged
     */
    public static ClipTokenizer load(Path folder) {
        SpecialTokens special = SpecialTokens.read(folder);
        TokenizerDocument document = TokenizerDocument.read(folder, special);
        int bos = document.id(special.bos());
        int eos = document.id(special.eos());
        int pad = document.id(special.pad());
        return new ClipTokenizer(
                NativeTokenizer.open(document.file(), document.text().getBytes(StandardCharsets.UTF_8)),
                bos,
                eos,
                pad,
                special.maxLength());
    }

    /**
     * The ids of a prompt as a text encoder reads them.
     *
     * @return {@link #maxLength} ids: {@link #bos}, the prompt's tokens (cut off when they are too many), {@link #eos},
     *     then {@link #pad}
     */
    public long[] encode(String prompt) {
        return padded(tokens(prompt));
    }

    private long[] padded(long... tokens) {
        int length = Math.min(tokens.length, maxLength - 2);
        long[] ids = new long[maxLength];
        ids[0] = bos;
        System.arraycopy(tokens, 0, ids, 1, length);
        ids[1 + length] = eos;
        Arrays.fill(ids, 2 + length, maxLength, pad);
        return ids;
    }

    /** A prompt as it stands, cut off where it is too long: one chunk of {@link #encode}. */
    public Chunk plain(String prompt) {
        return new Chunk(encode(prompt), weights(maxLength));
    }

    /**
     * A prompt of any length, with weights in the signs of {@link PromptSyntax}. One that has none of them and is short enough is the same as
     * {@link #plain}.
     *
     * @return 1 to 54 chunks
     */
    public List<Chunk> chunks(String prompt) {
        Chunks chunks =
                new Chunks(maxLength - 2, Arrays.stream(tokens(",")).findFirst().orElse(-1));
        List<List<Fragment>> sections = PromptSyntax.sections(prompt);
        add(sections.getFirst(), chunks);
        sections.stream().skip(1).forEach(section -> {
            chunks.next();
            add(section, chunks);
        });
        return chunks.all().stream().map(this::chunk).toList();
    }

    private void add(List<Fragment> section, Chunks chunks) {
        for (Fragment fragment : section) {
            for (long id : tokens(fragment.text())) {
                chunks.add(new Token(id, (float) fragment.weight()));
            }
        }
    }

    private Chunk chunk(List<Token> tokens) {
        long[] ids = padded(tokens.stream().mapToLong(Token::id).toArray());
        float[] weights = weights(maxLength);
        for (int i = 0; i < tokens.size(); i++) {
            weights[1 + i] = tokens.get(i).weight();
        }
        return new Chunk(ids, weights);
    }

    private static float[] weights(int count) {
        float[] weights = new float[count];
        Arrays.fill(weights, 1);
        return weights;
    }

    /** The ids of all of a prompt's tokens, without start, end and padding. */
    public long[] tokens(String prompt) {
        return tokenizer.tokens(prompt);
    }

    /** The id that starts a prompt. */
    public int bos() {
        return bos;
    }

    /** The id that ends a prompt. */
    public int eos() {
        return eos;
    }

    /** The id that fills the rest. */
    public int pad() {
        return pad;
    }

    /** How many ids {@link #encode} gives. */
    public int maxLength() {
        return maxLength;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

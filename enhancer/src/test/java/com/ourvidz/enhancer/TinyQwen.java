package com.ourvidz.enhancer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes GGUF files of small models with the Qwen2 architecture: attention with biases and grouped keys, gated feed-forward layers, a byte-level
 * BPE vocabulary with the control tokens of ChatML, and the chat template in the file. The weights are random. Where a model is to say
 * something in particular, each of its output rows is besides turned to the embedding of the token that comes before.
 */
final class TinyQwen {

    private static final int HEADS = 4;
    private static final int KEY_HEADS = 2;
    private static final int CONTEXT = 32_768;
    private static final float CERTAINTY = 4;
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;

    static final String TEMPLATE = """
            {%- for message in messages -%}
            {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' -}}
            {%- endfor -%}
            {%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}
            """;

    private final Random random = new Random(7);
    private final int width;
    private final int hidden;
    private final int blocks;
    private final List<String> tokens = new ArrayList<>();
    private final List<Integer> types = new ArrayList<>();

    private String template = TEMPLATE;

    private TinyQwen(int width, int hidden, int blocks) {
        this.width = width;
        this.hidden = hidden;
        this.blocks = blocks;
        IntStream.range(0, 256).forEach(value -> add(Character.toString(character(value)), NORMAL));
        add("th", NORMAL);
        List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>").forEach(token -> add(token, CONTROL));
    }

    /** Writes what chance gives it: bytes in any order, for as long as it may. */
    static Path random(Path file) throws IOException {
        var model = new TinyQwen(64, 128, 2);
        return model.write(file, model.weights(model.tokens.size(), 1));
    }

    /** The same in float32 of about {@code megabytes}. */
    static Path random(Path file, int megabytes) throws IOException {
        var model = new TinyQwen(512, 2048, Math.max(1, megabytes / 16));
        return model.write(file, model.weights(model.tokens.size(), 1));
    }

    /** Answers whatever it is asked with these words, which are all different, and ends. */
    static Path saying(Path file, String... words) throws IOException {
        var model = new TinyQwen(64, 64, 1);
        var chain = new ArrayList<>(List.of((int) '\n'));
        for (var word : words) {
            chain.add(model.add(encoded(word), NORMAL));
        }
        chain.add(model.tokens.indexOf("<|im_end|>"));
        return model.write(file, chain);
    }

    /** Has another template, and answers with the word where the template ends in that character. */
    static Path templated(Path file, String template, char last, String word) throws IOException {
        var model = new TinyQwen(64, 64, 1);
        model.template = template;
        var said = model.add(encoded(word), NORMAL);
        return model.write(file, List.of((int) last, said, model.tokens.indexOf("<|im_end|>")));
    }

    /** Says one word after the other, and begins again after the last, without end. */
    static Path endless(Path file, String... words) throws IOException {
        var model = new TinyQwen(64, 64, 1);
        var chain = new ArrayList<>(List.of((int) '\n'));
        for (var word : words) {
            chain.add(model.add(encoded(word), NORMAL));
        }
        chain.add(chain.get(1));
        return model.write(file, chain);
    }

    private Path write(Path file, List<Integer> chain) throws IOException {
        var embedding = weights(tokens.size(), 1);
        var output = new float[embedding.length];
        for (var i = 1; i < chain.size(); i++) {
            for (var j = 0; j < width; j++) {
                output[chain.get(i) * width + j] += CERTAINTY * embedding[chain.get(i - 1) * width + j];
            }
        }
        return gguf(embedding, output, 0).write(file);
    }

    private Path write(Path file, float[] embedding) throws IOException {
        return gguf(embedding, weights(tokens.size(), 1), 1).write(file);
    }

    /** @param blockScale 0 for blocks that pass on what they get */
    private GgufFile gguf(float[] embedding, float[] output, float blockScale) {
        var file = new GgufFile()
                .with("general.architecture", "qwen2")
                .with("general.name", "tiny")
                .with("general.file_type", 0)
                .with("qwen2.block_count", blocks)
                .with("qwen2.context_length", CONTEXT)
                .with("qwen2.embedding_length", width)
                .with("qwen2.feed_forward_length", hidden)
                .with("qwen2.attention.head_count", HEADS)
                .with("qwen2.attention.head_count_kv", KEY_HEADS)
                .with("qwen2.rope.freq_base", 1_000_000f)
                .with("qwen2.attention.layer_norm_rms_epsilon", 1e-6f)
                .with("tokenizer.ggml.model", "gpt2")
                .with("tokenizer.ggml.pre", "qwen2")
                .with("tokenizer.ggml.tokens", tokens)
                .with("tokenizer.ggml.token_type", types)
                .with("tokenizer.ggml.merges", List.of("t h"))
                .with("tokenizer.ggml.eos_token_id", tokens.indexOf("<|im_end|>"))
                .with("tokenizer.ggml.padding_token_id", tokens.indexOf("<|endoftext|>"))
                .with("tokenizer.ggml.add_bos_token", false)
                .with("tokenizer.chat_template", template)
                .with("token_embd.weight", embedding, width, tokens.size())
                .with("output_norm.weight", ones(), width)
                .with("output.weight", output, width, tokens.size());
        IntStream.range(0, blocks).forEach(block -> block(file, "blk." + block + ".", blockScale));
        return file;
    }

    private void block(GgufFile file, String name, float scale) {
        var keys = width / HEADS * KEY_HEADS;
        file.with(name + "attn_norm.weight", ones(), width)
                .with(name + "attn_q.weight", weights(width, scale), width, width)
                .with(name + "attn_q.bias", new float[width], width)
                .with(name + "attn_k.weight", weights(keys, scale), width, keys)
                .with(name + "attn_k.bias", new float[keys], keys)
                .with(name + "attn_v.weight", weights(keys, scale), width, keys)
                .with(name + "attn_v.bias", new float[keys], keys)
                .with(name + "attn_output.weight", weights(width, scale), width, width)
                .with(name + "ffn_norm.weight", ones(), width)
                .with(name + "ffn_gate.weight", weights(hidden, scale), width, hidden)
                .with(name + "ffn_up.weight", weights(hidden, scale), width, hidden)
                .with(name + "ffn_down.weight", weights(hidden, scale), hidden, width);
    }

    private float[] weights(int rows, float scale) {
        var weights = new float[rows * width];
        var deviation = scale / Math.sqrt(width);
        for (var i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextGaussian() * deviation);
        }
        return weights;
    }

    private float[] ones() {
        var ones = new float[width];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The token's id; single bytes have one from the start. */
    private int add(String token, int type) {
        if (tokens.contains(token)) {
            return tokens.indexOf(token);
        }
        tokens.add(token);
        types.add(type);
        return tokens.size() - 1;
    }

    private static String encoded(String word) {
        var encoded = new StringBuilder();
        for (var value : word.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(Character.toString(character(value & 0xff)));
        }
        return encoded.toString();
    }

    /** How byte-level BPE writes a byte: printable ones of Latin-1 as they are, the others from U+0100 on. */
    private static int character(int value) {
        if (isPrintable(value)) {
            return value;
        }
        return 0x100
                + (int) IntStream.range(0, value)
                        .filter(each -> !isPrintable(each))
                        .count();
    }

    private static boolean isPrintable(int value) {
        return (value >= '!' && value <= '~') || (value >= 0xa1 && value <= 0xac) || value >= 0xae;
    }
}

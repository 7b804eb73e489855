package com.ourvidz.diffusion.tokenizer;

import com.ourvidz.diffusion.checkpoint.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The tokens with a role, and the length that the text encoder reads. */
record SpecialTokens(SpecialToken bos, SpecialToken eos, SpecialToken unk, SpecialToken pad, int maxLength) {

    private static final String START = "<|startoftext|>";
    private static final String END = "<|endoftext|>";
    private static final int CLIP_LENGTH = 77;
    private static final int MOST_TOKENS = 1 << 16;

    /** From {@code tokenizer_config.json}, then {@code special_tokens_map.json}; what neither says is as in CLIP. */
    static SpecialTokens read(Path folder) {
        List<Config> settings = Stream.of("tokenizer_config.json", "special_tokens_map.json")
                .map(folder::resolve)
                .filter(Files::exists)
                .map(Config::read)
                .toList();
        return new SpecialTokens(
                token(settings, "bos_token", START),
                token(settings, "eos_token", END),
                token(settings, "unk_token", END),
                token(settings, "pad_token", END),
                maxLength(settings));
    }

    List<SpecialToken> all() {
        return List.of(bos, eos, unk, pad);
    }

    private static SpecialToken token(List<Config> settings, String role, String otherwise) {
        return settings.stream()
                .filter(config -> config.has(role))
                .findFirst()
                .map(config -> SpecialToken.of(config, role))
                .orElse(new SpecialToken(otherwise, false));
    }

    /** Where the length was never set, transformers writes a number beyond all others. */
    private static int maxLength(List<Config> settings) {
        String name = "model_max_length";
        return settings.stream()
                .filter(config -> config.has(name) && config.number(name) <= Integer.MAX_VALUE)
                .findFirst()
                .map(config -> length(config, name))
                .orElse(CLIP_LENGTH);
    }

    private static int length(Config config, String name) {
        int length = config.integer(name);
        if (length < 2) {
            throw config.invalid(name, "is " + length + ", which leaves no room for a prompt's start and end");
        }
        return config.within(2, MOST_TOKENS, name, length);
    }
}

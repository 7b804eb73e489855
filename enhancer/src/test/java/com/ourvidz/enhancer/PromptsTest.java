package com.ourvidz.enhancer;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.enhancer.Enhancer.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The 200 prompts of {@code prompts.txt}, with the tokenizer of the WAN checkpoint that comes with the project: everyday ones, other
 * languages and scripts, nearly empty ones, attempts to speak to the enhancer, and some of up to 4,000 characters.
 */
class PromptsTest {

    private static final TokenCount TOKENS = TokenCount.ofWan(Path.of("../models/starter-wan"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void theGrammarKeepsTheSubjectAndStaysWithinTheEncodersTokens(Language language) throws Exception {
        var grammar = enhancement(new GrammarEnhancer());
        for (var prompt : prompts()) {
            for (var video : List.of(true, false)) {
                var enhanced = grammar.enhance(new EnhanceRequest(prompt, language, video, 7), Progress.NONE);
                assertThat(enhanced.prompt()).contains(prompt.strip());
                if (enhanced.isEnhanced()) {
                    assertThat(TOKENS.of(enhanced.prompt())).as(prompt).isLessThanOrEqualTo(512);
                    assertThat(enhanced.prompt().length())
                            .isGreaterThan(prompt.strip().length());
                } else {
                    assertThat(enhanced.prompt()).isEqualTo(prompt);
                    assertThat(TOKENS.of(prompt))
                            .as("no room is left by " + prompt)
                            .isGreaterThan(450);
                }
            }
        }
    }

    @Test
    void aModelIsAskedForAllOfThemWithoutAnExceptionAndStaysWithinTheEncodersTokens() throws Exception {
        var model = TinyQwen.random(folder.resolve("any.gguf"));
        var settings = Settings.of("MODEL", model.toString(), "TOKENS", "64");
        var llama = new LlamaEnhancer(model, settings, Instruction.load(Optional.empty()), 1);
        var kept = enhancement(new KeptLoaded(llama));
        try {
            var enhanced = 0;
            for (var prompt : prompts()) {
                var result = kept.enhance(Settings.request(prompt), Progress.NONE);
                if (result.isEnhanced()) {
                    enhanced++;
                    assertThat(TOKENS.of(result.prompt())).as(prompt).isLessThanOrEqualTo(512);
                } else {
                    assertThat(result.prompt()).isEqualTo(prompt);
                }
            }
            assertThat(enhanced).isGreaterThan(180);
        } finally {
            llama.unload();
        }
    }

    @Test
    void whatCannotBeCountedIsNeverCountedShort() throws Exception {
        var most = TokenCount.ofWan(folder.resolve("no such checkpoint"));
        for (var prompt : prompts()) {
            assertThat(most.of(prompt)).as(prompt).isGreaterThanOrEqualTo(TOKENS.of(prompt));
        }
    }

    private static PromptEnhancement enhancement(Enhancer enhancer) {
        return new PromptEnhancement(enhancer, Settings.of(), TOKENS);
    }

    private static List<String> prompts() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/prompts.txt"))) {
            var prompts = lines.map(PromptsTest::unescaped).toList();
            assertThat(prompts).hasSize(200).allMatch(prompt -> prompt.codePointCount(0, prompt.length()) <= 4_000);
            return prompts;
        }
    }

    private static String unescaped(String line) {
        return line.replace("\\n", "\n").replace("\\t", "\t").replace("\\u200b", "\u200b");
    }

    /** Does not unload after each prompt: 200 loads would show nothing more. */
    private record KeptLoaded(Enhancer enhancer) implements Enhancer {

        @Override
        public String name() {
            return enhancer.name();
        }

        @Override
        public String enhance(EnhanceRequest request, Progress progress)
                throws EnhancerException, InterruptedException {
            return enhancer.enhance(request, progress);
        }
    }
}

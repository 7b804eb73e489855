package com.ourvidz.diffusion.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTokenizerTest {

    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final Path FIRST = REFERENCE.resolve("tiny-sdxl/tokenizer");
    private static final Path SECOND = REFERENCE.resolve("tiny-sdxl/tokenizer_2");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"tokenizer, ids1", "tokenizer_2, ids2"})
    void promptsGetTheIdsThatTransformersGives(String name, String ids) {
        List<String> prompts =
                Config.read(REFERENCE.resolve("tiny-sdxl-golden.json")).texts("prompts");
        try (PointerScope _ = new PointerScope();
                ClipTokenizer tokenizer =
                        ClipTokenizer.load(REFERENCE.resolve("tiny-sdxl").resolve(name));
                Weights golden = Weights.open(REFERENCE.resolve("tiny-sdxl-golden.safetensors"), ScalarType.Float)) {
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(tokenizer.encode(prompts.get(i)))
                        .as(prompts.get(i))
                        .containsExactly(longs(golden.get("prompt" + i + "." + ids, 1, 77)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer", "tokenizer_2"})
    void aTokenizerJsonGivesTheSameIdsAsTheFilesItWasMadeFrom(String name) throws IOException {
        Path original = REFERENCE.resolve("tiny-sdxl").resolve(name);
        Files.copy(original.resolve("tokenizer_config.json"), folder.resolve("tokenizer_config.json"));
        TokenizerDocument document = TokenizerDocument.read(original, SpecialTokens.read(original));
        Files.writeString(folder.resolve("tokenizer.json"), document.text());
        try (ClipTokenizer files = ClipTokenizer.load(original);
                ClipTokenizer json = ClipTokenizer.load(folder)) {
            for (String prompt : List.of("", "Fox in snow, 3 birds!  ", "naïve café 北京 😀 — it's o'clock")) {
                assertThat(json.encode(prompt)).containsExactly(files.encode(prompt));
            }
        }
    }

    @Test
    void anEmptyPromptIsStartEndAndPadding() {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(SECOND)) {
            long[] expected = new long[77];
            expected[0] = 807;
            expected[1] = 808;
            assertThat(tokenizer.encode("")).containsExactly(expected);
            assertThat(tokenizer.encode(" \t\n")).containsExactly(expected);
            assertThat(tokenizer.tokens("")).isEmpty();
            assertThat(List.of(tokenizer.bos(), tokenizer.eos(), tokenizer.pad(), tokenizer.maxLength()))
                    .containsExactly(807, 808, 0, 77);
        }
    }

    @Test
    void lengthCaseAndCompositionOfLettersDoNotMatter() {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(FIRST)) {
            assertThat(tokenizer.tokens("fox ".repeat(1000))).hasSize(1000);
            assertThat(tokenizer.tokens("FOX  in\nSNOW")).containsExactly(tokenizer.tokens("fox in snow"));
            assertThat(tokenizer.tokens("cafe\u0301")).containsExactly(tokenizer.tokens("caf\u00e9"));
            assertThat(tokenizer.encode("fox ".repeat(75))[75]).isEqualTo(773);
            assertThat(tokenizer.encode("fox ".repeat(75))[76]).isEqualTo(808);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "\udc00 fox \ud83d", "\0", "fox\0snow", "\ufeff", "\u202efox", "<|endoftext|>"})
    void anyStringHasIds(String prompt) {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(FIRST)) {
            assertThat(tokenizer.encode(prompt)).hasSize(77);
            assertThat(Arrays.stream(tokenizer.encode(prompt)).allMatch(id -> id >= 0 && id < 809))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vocab.json", "merges.txt"})
    void line76AMissingTokenizerFileIsNamed(String missing) throws IOException {
        for (String name : List.of("vocab.json", "merges.txt")) {
            Files.copy(FIRST.resolve(name), folder.resolve(name));
        }
        Files.delete(folder.resolve(missing));
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":0}", "{\"<|startoftext|>\":0,\"<|endoftext|>\":1}", "[]", "{\"a\":\"b\"}"})
    void line76AVocabularyThatDoesNotFitIsNamed(String vocabulary) throws IOException {
        Files.copy(FIRST.resolve("merges.txt"), folder.resolve("merges.txt"));
        Files.writeString(folder.resolve("vocab.json"), vocabulary);
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("vocab.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"model\":{}}", "{\"added_tokens\":[{\"content\":\"<|endoftext|>\"}]}"})
    void line76AnUnusableTokenizerJsonIsNamed(String json) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), json);
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tokenizer.json");
    }

    @Test
    void aLengthThatWasNeverSetIsClips() throws IOException {
        Files.copy(FIRST.resolve("vocab.json"), folder.resolve("vocab.json"));
        Files.copy(FIRST.resolve("merges.txt"), folder.resolve("merges.txt"));
        Path config = folder.resolve("tokenizer_config.json");
        Files.writeString(config, "{\"model_max_length\": 1000000000000000019884624838656}");
        try (ClipTokenizer tokenizer = ClipTokenizer.load(folder)) {
            assertThat(tokenizer.maxLength()).isEqualTo(77);
        }
        Files.writeString(config, "{\"model_max_length\": 1}");
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .hasMessageContainingAll("tokenizer_config.json", "'model_max_length'");
    }

    @Test
    void specialTokensMayBeWrittenAsObjects() throws IOException {
        Files.copy(FIRST.resolve("vocab.json"), folder.resolve("vocab.json"));
        Files.copy(FIRST.resolve("merges.txt"), folder.resolve("merges.txt"));
        Files.writeString(
                folder.resolve("special_tokens_map.json"),
                "{\"pad_token\": {\"content\": \"!\", \"normalized\": false, \"special\": true}}");
        try (ClipTokenizer tokenizer = ClipTokenizer.load(folder);
                ClipTokenizer second = ClipTokenizer.load(SECOND)) {
            assertThat(tokenizer.encode("Fox in snow, 3 birds!"))
                    .containsExactly(second.encode("Fox in snow, 3 birds!"));
        }
    }

    private static long[] longs(Tensor tensor) {
        long[] values = new long[(int) tensor.numel()];
        tensor.data_ptr_long().get(values);
        return values;
    }
}

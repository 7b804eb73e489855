package com.ourvidz.diffusion.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.Tampered;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {

    private static final ClipTokenizer TOKENIZER = ClipTokenizer.load(Golden.path("tiny-sdxl/tokenizer_2"));

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a fox in snow", "  Fox in snow, 3 birds!  ", "naïve café 北京 😀 — it's o'clock", "fox :( ["})
    void aShortPromptWithoutSignsIsOneChunkOfTheIdsThatItHasOtherwise(String prompt) {
        List<Chunk> chunks = TOKENIZER.chunks(prompt);
        assertThat(chunks).hasSize(1);
        assertThat(chunks.getFirst().ids()).isEqualTo(TOKENIZER.encode(prompt));
        assertThat(chunks.getFirst().isWeighted()).isFalse();
    }

    @Test
    void aChunkIsFullAt75Tokens() {
        assertThat(TOKENIZER.chunks(repeated("fox", 75))).hasSize(1);
        List<Chunk> chunks = TOKENIZER.chunks(repeated("fox", 76));
        assertThat(chunks).hasSize(2);
        assertThat(chunks.get(0).ids()).isEqualTo(TOKENIZER.encode(repeated("fox", 75)));
        assertThat(chunks.get(1).ids()).isEqualTo(TOKENIZER.encode("fox"));
    }

    @Test
    void aFullChunkIsCutBehindACommaAmongItsLast20Tokens() {
        String prompt = repeated("fox", 55) + " , " + repeated("fox", 30);
        List<Chunk> chunks = TOKENIZER.chunks(prompt);
        assertThat(chunks.get(0).ids()).isEqualTo(TOKENIZER.encode(repeated("fox", 55) + " ,"));
        assertThat(chunks.get(1).ids()).isEqualTo(TOKENIZER.encode(repeated("fox", 30)));
    }

    @Test
    void aCommaFurtherAwayIsLeftWhereItIs() {
        String prompt = repeated("fox", 54) + " , " + repeated("fox", 30);
        assertThat(TOKENIZER.chunks(prompt).get(1).ids()).isEqualTo(TOKENIZER.encode(repeated("fox", 10)));
    }

    @Test
    void breakBeginsANewChunk() {
        List<Chunk> chunks = TOKENIZER.chunks("a fox BREAK snow");
        assertThat(chunks).extracting(Chunk::ids).containsExactly(TOKENIZER.encode("a fox"), TOKENIZER.encode("snow"));
    }

    @Test
    void eachTokenHasTheWeightOfItsWordAndTheOthersHave1() {
        Chunk chunk = TOKENIZER.chunks("fox (fox:1.5)").getFirst();
        int fox = TOKENIZER.tokens("fox").length;
        assertThat(chunk.isWeighted()).isTrue();
        assertThat(IntStream.range(0, 77).filter(i -> chunk.weights()[i] == 1.5f))
                .containsExactly(IntStream.range(1 + fox, 1 + 2 * fox).boxed().toArray(Integer[]::new));
        assertThat(IntStream.range(0, 77).filter(i -> chunk.weights()[i] == 1)).hasSize(77 - fox);
    }

    @ParameterizedTest
    @ValueSource(strings = {"北", " BREAK "})
    void aPromptOfAnyKindHas54ChunksAtMost(String part) {
        assertThat(TOKENIZER.chunks(part.repeat(4_000))).hasSize(54);
    }

    @Test
    void aTokenizerWithoutRoomForAPromptHasOneEmptyChunk(@TempDir Path folder) {
        Tampered tokenizer =
                Tampered.copy("tiny-sdxl/tokenizer", folder).setting("tokenizer_config.json", "model_max_length", "2");
        try (ClipTokenizer small = ClipTokenizer.load(tokenizer.folder())) {
            assertThat(small.chunks("a (fox) in snow")).hasSize(1);
        }
    }

    private static String repeated(String word, int tokens) {
        assertThat(tokens % TOKENIZER.tokens(word).length).isZero();
        return (word + " ").repeat(tokens / TOKENIZER.tokens(word).length).strip();
    }
}

package com.ourvidz.diffusion.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.checkpoint.Written;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Umt5TokenizerTest {

    private static final Umt5Tokenizer TOKENIZER = Umt5Tokenizer.load(Golden.path("tiny-wan/tokenizer"));
    private static final List<String> PROMPTS =
            Config.read(Golden.path("tiny-wan-golden.json")).texts("prompts");

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void givesTheIdsThatTransformersGives(int prompt) {
        long[] ids = TOKENIZER.encode(PROMPTS.get(prompt), 64);
        assertThat(Arrays.copyOf(ids, 64)).isEqualTo(golden("prompt" + prompt + ".ids")); // 0 is the id of padding
        assertThat(ids).hasSize((int)
                Arrays.stream(golden("prompt" + prompt + ".mask")).sum());
    }

    @Test
    void aLongPromptIsCutBeforeItsEnd() {
        assertThat(TOKENIZER.encode(PROMPTS.get(2), 64)).hasSize(64).endsWith(TOKENIZER.eos());
        assertThat(TOKENIZER.encode(PROMPTS.get(2), 512).length).isGreaterThan(64);
        assertThat(TOKENIZER.encode(PROMPTS.get(2), 1)).containsExactly(TOKENIZER.eos());
    }

    @Test
    void anEmptyPromptIsItsEndAlone() {
        assertThat(TOKENIZER.encode("", 512)).containsExactly(TOKENIZER.eos());
    }

    @Test
    void aTokenizerThatIsOnlyASentencePieceModelIsRefusedWithWhatToDo() {
        Written.text(folder.resolve("spiece.model"), "");
        assertThatThrownBy(() -> Umt5Tokenizer.load(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("spiece.model")
                .hasMessageContaining("tokenizer.json of google/umt5-xxl");
    }

    @Test
    void aFolderWithoutTokenizerIsRefused() {
        assertThatThrownBy(() -> Umt5Tokenizer.load(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tokenizer.json is missing");
    }

    private static long[] golden(String name) {
        try (PointerScope scope = new PointerScope();
                Weights golden = Golden.numbers("tiny-wan-golden.safetensors")) {
            Tensor ids = Golden.get(golden, name);
            long[] values = new long[Math.toIntExact(ids.numel())];
            ids.data_ptr_long().get(values);
            scope.attach(ids);
            return values;
        }
    }
}

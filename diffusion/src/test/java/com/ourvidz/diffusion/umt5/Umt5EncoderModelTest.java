package com.ourvidz.diffusion.umt5;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Umt5EncoderModelTest {

    private final PointerScope scope = new PointerScope();

    @AfterEach
    void free() {
        scope.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void givesTheLastHiddenStatesOfAPrompt(int prompt) {
        try (Weights golden = Golden.numbers("tiny-wan-golden.safetensors")) {
            long[] ids = ids(golden, "prompt" + prompt);
            Tensor expected = Golden.get(golden, "prompt" + prompt + ".embeds").narrow(1, 0, ids.length);
            Golden.assertClose(model().forward(ids), expected, "prompt" + prompt + ".embeds");
        }
    }

    @Test
    void distancesFallIntoTheBucketsOfT5() {
        Tensor buckets = new RelativePositions(32, 128).of(200);
        long[] ofFirst = longs(buckets.select(0, 0));
        assertThat(ofFirst).startsWith(0, 17, 18, 19, 20, 21, 22, 23, 24).endsWith(31, 31);
        assertThat(ofFirst[16]).isEqualTo(26);
        assertThat(longs(buckets.select(0, 199))[183]).isEqualTo(10);
        assertThat(IntStream.range(1, 200)).allMatch(i -> ofFirst[i] >= ofFirst[i - 1] || i == 1);
    }

    private static Umt5EncoderModel model() {
        Path folder = Golden.path("tiny-wan/text_encoder");
        try (Weights weights = Weights.open(folder, ScalarType.Float)) {
            return new Umt5EncoderModel(Config.read(folder.resolve("config.json")), weights);
        }
    }

    private static long[] ids(Weights golden, String prompt) {
        long[] mask = longs(Golden.get(golden, prompt + ".mask"));
        return LongStream.of(longs(Golden.get(golden, prompt + ".ids")))
                .limit(LongStream.of(mask).sum())
                .toArray();
    }

    private static long[] longs(Tensor x) {
        long[] values = new long[Math.toIntExact(x.numel())];
        x.contiguous().data_ptr_long().get(values);
        return values;
    }
}

package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.sdxl.Options.Prompts;
import com.ourvidz.diffusion.sdxl.PromptEncoder.Embedding;
import com.ourvidz.diffusion.tensor.Precision;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts beyond 77 tokens and with weights, beside what transformers' models gave for the same chunks and weights. */
class LongPromptTest {

    private static final PointerScope SCOPE = new PointerScope();
    private static final SdxlModels WEIGHTED = load(Prompts.WEIGHTED);
    private static final SdxlModels PLAIN = load(Prompts.PLAIN);
    private static final String LONG = String.join(
            ", ",
            Collections.nCopies(
                    6, "a fox in snow, a red lighthouse by the sea, castle on the hill at sunset, birds, naive cafe"));
    private static final String LONG_WEIGHTED = LONG + ", (lighthouse:1.4) in fog";

    @AutoClose
    PointerScope scope = new PointerScope();

    @AutoClose
    Weights golden = Golden.numbers("prompts-golden.safetensors");

    @AfterAll
    static void close() {
        WEIGHTED.close();
        PLAIN.close();
        SCOPE.close();
    }

    @Test
    void weightsAreAppliedAndTheMeanIsRestored() {
        assertGolden("weighted", "a (red:1.3) lighthouse by the [sea], ((sunset)) \\(evening\\) (and a (fox:0.5))");
    }

    @Test
    void aLongPromptIsCutAtCommas() {
        assertGolden("commas", LONG);
    }

    @Test
    void aLongPromptWithoutCommasIsCutWhereAChunkIsFull() {
        assertGolden("no_commas", LONG.replace(",", ""));
    }

    @Test
    void breakCutsToo() {
        assertGolden("break", "a fox in snow BREAK a (red:1.2) lighthouse");
    }

    @Test
    void aPictureIsDrawnWithTheShorterPromptAsLongAsTheOther() {
        TextToImage request = new TextToImage(
                LONG_WEIGHTED, "blurry, low quality", 64, 64, 4, Guidance.of(6), Optional.empty(), List.of(7L));
        try (SdxlPipeline pipeline =
                SdxlPipeline.load(Golden.path("tiny-sdxl"), Options.defaults().withThreads(1))) {
            Pictures pictures = pipeline.generate(request, (stage, step, total) -> true);
            GoldenPicture.assertClose(pictures.pictures().getFirst(), golden, "t2i.image", 0);
        }
        assertGolden("long_weighted", LONG_WEIGHTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a red lighthouse by the sea at sunset", "Fox in snow, 3 birds!  ", "a fox :(", "(fox"})
    void aShortPromptWithoutPairsOfBracketsGivesTheVeryNumbersOfThePlainOne(String prompt) {
        assertSame(
                WEIGHTED.promptEncoder().encode(prompt), PLAIN.promptEncoder().encode(prompt));
    }

    @Test
    void weight1ChangesNothing() {
        assertSame(
                WEIGHTED.promptEncoder().encode("a (red:1.0) lighthouse"),
                PLAIN.promptEncoder().encode("a red lighthouse"));
    }

    @Test
    void aWordBeyondToken77CountsOnlyWhereLongPromptsAreRead() {
        assertThat(WEIGHTED.promptEncoder()
                        .encode(LONG + ", fog")
                        .context()
                        .equal(WEIGHTED.promptEncoder().encode(LONG + ", sun").context()))
                .isFalse();
        assertSame(
                PLAIN.promptEncoder().encode(LONG + ", fog"),
                PLAIN.promptEncoder().encode(LONG + ", sun"));
        assertThat(PLAIN.promptEncoder().encode(LONG).context().size(1)).isEqualTo(77);
    }

    @Test
    void weightsAreAppliedInFloat32WhateverTheModelsComputeIn() {
        String prompt = "a (red:1.3) lighthouse by the [sea]";
        Tensor exact = WEIGHTED.promptEncoder().encode(prompt).context();
        try (SdxlModels models = load(Options.defaults().withPrecision(Precision.BFLOAT16))) {
            Tensor rounded = models.promptEncoder().encode(prompt).context();
            assertThat(rounded.scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
            assertThat(rounded.to(ScalarType.Float).sub(exact).abs().max().item_float())
                    .isLessThan(0.1f);
        }
    }

    @Test
    void bracketsAreTextWherePromptsArePlain() {
        assertThat(PLAIN.promptEncoder()
                        .encode("a (fox)")
                        .context()
                        .equal(PLAIN.promptEncoder().encode("a fox").context()))
                .isFalse();
    }

    private void assertGolden(String name, String prompt) {
        Embedding embedding = WEIGHTED.promptEncoder().encode(prompt);
        Golden.assertClose(embedding.context(), golden, name + ".context");
        Golden.assertClose(embedding.pooled(), golden, name + ".pooled");
    }

    private static void assertSame(Embedding one, Embedding other) {
        assertThat(one.context().equal(other.context())).isTrue();
        assertThat(one.pooled().equal(other.pooled())).isTrue();
    }

    private static SdxlModels load(Prompts prompts) {
        return load(Options.defaults().withPrompts(prompts));
    }

    private static SdxlModels load(Options options) {
        return SdxlModels.load(CheckpointFiles.of(Golden.path("tiny-sdxl")), options);
    }
}

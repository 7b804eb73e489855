package com.ourvidz.enhancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.ourvidz.enhancer.Enhancer.Progress;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GrammarEnhancerTest {

    private final GrammarEnhancer grammar = new GrammarEnhancer();

    @Test
    void theSubjectComesFirstAndThenSettingLightCameraMotionAndStyle() throws EnhancerException {
        var text = enhance("a fox in snow", Language.PROMPT, true, 7);
        assertThat(text).startsWith("a fox in snow. ");
        assertThat(Sentences.of(text)).hasSizeBetween(6, 7);
        assertThat(Sentences.of(enhance("a fox in snow", Language.PROMPT, false, 7))
                        .size())
                .isLessThan(Sentences.of(text).size());
    }

    @Test
    void theSameSeedAndPromptGiveTheSameTextAndOtherSeedsOthers() throws EnhancerException {
        assertThat(enhance("a fox in snow", Language.EN, true, 7))
                .isEqualTo(enhance("a fox in snow", Language.EN, true, 7));
        assertThat(LongStream.range(0, 50).mapToObj(this::ofSeed).distinct().count())
                .isGreaterThan(20);
    }

    @Test
    void aChinesePromptIsContinuedInChineseAndOthersInEnglishUnlessAskedFor() throws EnhancerException {
        assertThat(enhance("一只狐狸", Language.PROMPT, false, 7))
                .startsWith("一只狐狸。")
                .doesNotContain(" ");
        assertThat(enhance("一只狐狸", Language.EN, false, 7)).startsWith("一只狐狸. ");
        assertThat(enhance("a fox", Language.ZH, false, 7)).startsWith("a fox。").contains("，");
        assertThat(enhance("雪の中のキツネ", Language.PROMPT, false, 7)).startsWith("雪の中のキツネ. ");
    }

    @Test
    void whatThePromptSpeaksOfIsNotSaidOnceMore() throws EnhancerException {
        assertThat(enhance("a fox at night, close-up, in the style of a watercolour", Language.EN, false, 7))
                .doesNotContainIgnoringCase("light ")
                .doesNotContainIgnoringCase("shot")
                .doesNotContainIgnoringCase("photography");
        assertThat(Sentences.of(enhance("a lighthouse", Language.EN, true, 7))).hasSize(6);
    }

    @Test
    void withoutAPromptThereIsNothingToDescribe() {
        assertThatExceptionOfType(EnhancerException.class).isThrownBy(() -> enhance(" ", Language.EN, true, 7));
    }

    private String ofSeed(long seed) {
        try {
            return enhance("a fox in snow", Language.EN, true, seed);
        } catch (EnhancerException e) {
            throw new AssertionError(e);
        }
    }

    private String enhance(String prompt, Language language, boolean video, long seed) throws EnhancerException {
        return grammar.enhance(new EnhanceRequest(prompt, language, video, seed), Progress.NONE);
    }
}

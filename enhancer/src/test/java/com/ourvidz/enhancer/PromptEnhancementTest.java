package com.ourvidz.enhancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.ourvidz.enhancer.Enhancer.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With an enhancer that does as it is told. */
class PromptEnhancementTest {

    private final List<Long> seeds = new ArrayList<>();
    private int unloaded;

    @Test
    void theFirstAnswerIsTakenAndTheEnhancerUnloaded() throws InterruptedException {
        var enhanced = enhance("A lighthouse at dusk.", 0);
        assertThat(enhanced.prompt()).isEqualTo("A lighthouse at dusk.");
        assertThat(enhanced.by()).isEqualTo("scripted");
        assertThat(seeds).containsExactly(7L);
        assertThat(unloaded).isEqualTo(1);
    }

    @Test
    void aFailureIsTriedAgainWithAnotherSeed() throws InterruptedException {
        assertThat(enhance("A lighthouse at dusk.", 1).by()).isEqualTo("scripted");
        assertThat(seeds).containsExactly(7L, 8L);
    }

    @Test
    void afterTheLastTryItIsTheOriginalByNobody() throws InterruptedException {
        var enhanced = enhance("A lighthouse at dusk.", 2);
        assertThat(enhanced.prompt()).isEqualTo("a lighthouse");
        assertThat(enhanced.by()).isEqualTo("none");
        assertThat(unloaded).isEqualTo(1);
    }

    @Test
    void aLongAnswerIsCutAtTheEndOfASentenceAndOneThatIsThePromptIsNone() throws InterruptedException {
        assertThat(enhance("It is dusk. ".repeat(60), 0).prompt())
                .hasSize(42 * 12 - 1)
                .endsWith("dusk.");
        assertThat(enhance("a lighthouse", 0).by()).isEqualTo("none");
    }

    @Test
    void whoListensEndsItAndItIsUnloadedAllTheSame() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> enhancement("A lighthouse.", 0).enhance(Settings.request("a lighthouse"), text -> {
                    throw new IllegalStateException("cancelled");
                }));
        assertThat(unloaded).isEqualTo(1);
    }

    private Enhanced enhance(String answer, int failures) throws InterruptedException {
        return enhancement(answer, failures).enhance(Settings.request("a lighthouse"), Progress.NONE);
    }

    /** A token a character, and the end. */
    private PromptEnhancement enhancement(String answer, int failures) {
        return new PromptEnhancement(
                new Scripted(answer, failures), Settings.of("TRIES", "2"), text -> text.length() + 1);
    }

    private final class Scripted implements Enhancer {

        private final String answer;
        private final int failures;

        private Scripted(String answer, int failures) {
            this.answer = answer;
            this.failures = failures;
        }

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public String enhance(EnhanceRequest request, Progress progress) throws EnhancerException {
            seeds.add(request.seed());
            progress.grown("");
            if (seeds.size() <= failures) {
                throw new EnhancerException("not yet");
            }
            return answer;
        }

        @Override
        public void unload() {
            unloaded++;
        }
    }
}

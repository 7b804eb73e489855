package com.ourvidz.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptStageTest {

    @Test
    void theEndOfTheTextIsShownOnOneLine() {
        assertThat(PromptStage.stage("")).isEqualTo("enhancing the prompt");
        assertThat(PromptStage.stage("A fox\nin\0 snow")).isEqualTo("enhancing the prompt: A fox in snow");
        assertThat(PromptStage.stage("🦊".repeat(50) + "x".repeat(50)))
                .isEqualTo("enhancing the prompt: …" + "🦊".repeat(10) + "x".repeat(50));
    }

    @Test
    void nothingIsShownOfATextThatIsRefused() {
        assertThat(PromptStage.stage("a nude child")).isEqualTo("enhancing the prompt");
    }

    @Test
    void halfACharacterIsNotShown() {
        assertThat(PromptStage.stage("A fox \ud83e")).isEqualTo("enhancing the prompt: A fox");
    }
}

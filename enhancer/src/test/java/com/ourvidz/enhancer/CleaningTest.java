package com.ourvidz.enhancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleaningTest {

    private static final String TOLD =
            "Write one vivid description of a single scene. Answer with the description alone.";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Sure, here is the description: A fox runs.            | A fox runs.
            Certainly! A fox runs.                                | A fox runs.
            Here's an enhanced prompt for you:\\n\\nA fox runs.   | A fox runs.
            Sure! Here is it:\\nEnhanced prompt: A fox runs.      | A fox runs.
            Description: A fox runs.                              | A fox runs.
            好的，以下是描述：一只狐狸在奔跑。                         | 一只狐狸在奔跑。
            "A fox runs."                                         | A fox runs.
            “A fox runs.”                                         | A fox runs.
            「一只狐狸在奔跑。」                                     | 一只狐狸在奔跑。
            **A fox** runs *fast* in `snow`.                      | A fox runs fast in snow.
            # The fox\\nA fox runs.                               | The fox A fox runs.
            - A fox runs.\\n- It snows.                           | A fox runs. It snows.
            1. A fox runs.\\n2) It snows.                         | A fox runs. It snows.
            > A fox runs.                                         | A fox runs.
            ```text\\nA fox runs.\\n```                           | A fox runs.
            <think>What is a fox?</think>A fox runs.              | A fox runs.
            What is a fox? I see.</think>A fox runs.              | A fox runs.
            A fox runs. Let me know if you want more!             | A fox runs.
            A fox runs. Answer with the description alone.        | A fox runs.
            A   fox\\n\\nruns.                                    | A fox runs.
            Okay Corral at noon, dust in the air.                 | Okay Corral at noon, dust in the air.
            A sign says "open".                                   | A sign says "open".
            """)
    void onlyTheDescriptionIsLeft(String answer, String description) throws EnhancerException {
        assertThat(Cleaning.of(new Answer(answer.replace("\\n", "\n"), true), TOLD))
                .isEqualTo(description);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n", "\"\"", "**", "<think>A fox?", "Sure, here it is:", "…", "<|im_end|>"})
    void whatIsEmptyThenIsNoAnswer(String answer) {
        assertThatExceptionOfType(EnhancerException.class)
                .isThrownBy(() -> Cleaning.of(new Answer(answer, true), TOLD))
                .withMessageContaining("empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"I'm sorry, but I can't do that.", "I cannot assist.", "As an AI model, I", "抱歉，我无法描述。"})
    void aRefusalIsNoAnswer(String answer) {
        assertThatExceptionOfType(EnhancerException.class)
                .isThrownBy(() -> Cleaning.of(new Answer(answer, true), TOLD))
                .withMessageContaining("declined");
    }

    @Test
    void aSentenceThatWasCutOffIsLeftOutUnlessItIsTheOnlyOne() throws EnhancerException {
        assertThat(Cleaning.of(new Answer("A fox runs. It sno", false), TOLD)).isEqualTo("A fox runs.");
        assertThat(Cleaning.of(new Answer("A fox run", false), TOLD)).isEqualTo("A fox run");
        assertThat(Cleaning.of(new Answer("A fox runs. Medium shot", true), TOLD))
                .isEqualTo("A fox runs. Medium shot");
    }

    @Test
    void controlTokensAreNoText() throws EnhancerException {
        assertThat(Cleaning.of(new Answer("A fox runs.<|im_end|>\n<|endoftext|>", true), TOLD))
                .isEqualTo("A fox runs.");
    }

    @Test
    void noCharacterIsLeftThatCannotBeStored() throws EnhancerException {
        assertThat(Cleaning.of(new Answer("A\0 fox\ud800 \ufffdruns\u0007 🦊.", true), TOLD))
                .isEqualTo("A fox runs 🦊.");
    }
}

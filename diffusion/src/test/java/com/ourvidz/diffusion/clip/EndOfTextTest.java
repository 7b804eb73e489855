package com.ourvidz.diffusion.clip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndOfTextTest {

    @Test
    void isTheFirstTokenWithTheConfiguredId() {
        assertThat(new EndOfText(808).position(new long[] {807, 5, 9, 808, 808, 808}))
                .isEqualTo(3);
    }

    @Test
    void isTheLargestIdWhereTheConfigurationIsALegacyOne() {
        assertThat(new EndOfText(2).position(new long[] {807, 2, 9, 808, 0, 808}))
                .isEqualTo(3);
    }

    @Test
    void isTheFirstTokenOfAPromptThatDoesNotEnd() {
        assertThat(new EndOfText(808).position(new long[] {807, 5, 9})).isZero();
    }
}

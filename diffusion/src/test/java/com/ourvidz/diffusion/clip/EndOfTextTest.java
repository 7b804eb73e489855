package com.ourvidz.diffusion.clip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndOfTextTest {

    @Test
    void is_the_first_token_with_the_configured_id() {
        assertThat(new EndOfText(808).position(new long[] {807, 5, 9, 808, 808, 808}))
                .isEqualTo(3);
    }

    @Test
    void is_the_largest_id_where_the_configuration_is_a_legacy_one() {
        assertThat(new EndOfText(2).position(new long[] {807, 2, 9, 808, 0, 808}))
                .isEqualTo(3);
    }

    @Test
    void is_the_first_token_of_a_prompt_that_does_not_end() {
        assertThat(new EndOfText(808).position(new long[] {807, 5, 9})).isZero();
    }
}

package com.ourvidz.diffusion.wan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptTextTest {

    @Test
    void anyWhiteSpaceBecomesOneSpace() {
        assertThat(PromptText.clean("  a fox\t\n in\u00a0\u2003the snow\r\n")).isEqualTo("a fox in the snow");
        assertThat(PromptText.clean(" \n ")).isEmpty();
    }

    @Test
    void characterReferencesAreReadEvenWhenEscapedTwice() {
        assertThat(PromptText.clean("fox &amp; hare")).isEqualTo("fox & hare");
        assertThat(PromptText.clean("fox &amp;amp; hare &lt;3")).isEqualTo("fox & hare <3");
        assertThat(PromptText.clean("caf&#233; caf&#xE9; caf&eacute;")).isEqualTo("café café café");
        assertThat(PromptText.clean("a&nbsp;fox")).isEqualTo("a fox");
    }

    @Test
    void whatIsNoCharacterReferenceStays() {
        assertThat(PromptText.clean("fish & chips; $1 \\ AT&T; &;")).isEqualTo("fish & chips; $1 \\ AT&T; &;");
        assertThat(PromptText.clean("&#0;&#xD800;&#1114112;")).isEqualTo("\ufffd\ufffd\ufffd");
    }

    @Test
    void typographicQuotationMarksBecomePlain() {
        assertThat(PromptText.clean("\u201cthe fox\u2019s den\u201d")).isEqualTo("\"the fox's den\"");
    }

    @Test
    void accentsAreComposedAndControlCharactersGo() {
        assertThat(PromptText.clean("cafe\u0301\u0007\ufeff")).isEqualTo("café");
    }
}

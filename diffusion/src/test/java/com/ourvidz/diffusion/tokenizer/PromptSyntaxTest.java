package com.ourvidz.diffusion.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptSyntaxTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a (red) lighthouse|a =1.0 red=1.1  lighthouse=1.0",
                "a (red:1.3) lighthouse|a =1.0 red=1.3  lighthouse=1.0",
                "a [red] lighthouse|a =1.0 red=0.909  lighthouse=1.0",
                "((snow))|snow=1.21",
                "[[snow]]|snow=0.826",
                "(fox in (snow))|fox in =1.1 snow=1.21",
                "(fox (snow:2):0.5)|fox =0.5 snow=1.0",
                "([snow]:2)|snow=1.818",
                "(snow:0)|snow=0.0",
                "(snow:-.5)|snow=-0.5",
                "(snow : 1.5 )|snow =1.5",
                "(snow:99)|snow=10.0",
                "(4:3 picture)|4:3 picture=1.1",
                "(snow:1.2.3)|snow:1.2.3=1.1"
            })
    void bracketsWeighWhatTheyHold(String prompt, String expected) {
        assertThat(shown(prompt)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  a fox in snow, at 4:3 ",
                "a fox :)",
                "a fox :(",
                "a fox (in snow",
                "a fox in snow)",
                "a fox in snow]",
                "[a fox",
                "a fox:1.3)",
                ")(",
                "C:\\fox",
                "a break in the clouds, BREAKFAST"
            })
    void aPromptWithoutPairsIsTextAsItStands(String prompt) {
        assertThat(PromptSyntax.sections(prompt))
                .containsExactly(prompt.isEmpty() ? List.of() : List.of(Fragment.plain(prompt)));
    }

    @ParameterizedTest
    @CsvSource({
        "a fox (in [snow), a fox =1.0 in [snow=1.1",
        "a fox ((in snow), a fox (=1.0 in snow=1.1",
        "(fox)), fox=1.1 )=1.0"
    })
    void aBracketWithoutItsCounterpartIsText(String prompt, String expected) {
        assertThat(shown(prompt)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "fox \\(red\\), fox (red)=1.0",
        "fox \\[red\\], fox [red]=1.0",
        "(fox \\) red), fox ) red=1.1",
        "\\\\(fox), \\=1.0 fox=1.1"
    })
    void aBackslashMakesABracketText(String prompt, String expected) {
        assertThat(shown(prompt)).isEqualTo(expected);
    }

    @Test
    void weight1IsAsIfThereWereNoBrackets() {
        assertThat(PromptSyntax.sections("a (fox:1.0) in snow"))
                .containsExactly(List.of(Fragment.plain("a fox in snow")));
    }

    @Test
    void breakEndsASectionInBracketsToo() {
        List<List<Fragment>> sections = PromptSyntax.sections("a fox BREAK (snow\n BREAK sea:2)");
        assertThat(sections)
                .containsExactly(
                        List.of(Fragment.plain("a fox")),
                        List.of(new Fragment("snow", 2)),
                        List.of(new Fragment("sea", 2)));
    }

    @Test
    void nestedBracketsMultiply() {
        assertThat(PromptSyntax.sections("(((fox)))").getFirst().getFirst().weight())
                .isCloseTo(1.331, within(1e-12));
    }

    @Test
    void noPromptIsWrong() {
        String signs = "()[]\\:1.3, aBREAK";
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            String prompt = random.ints(random.nextInt(60), 0, signs.length())
                    .mapToObj(c -> c == signs.length() - 1 ? " BREAK " : signs.substring(c, c + 1))
                    .collect(Collectors.joining());
            assertThat(PromptSyntax.sections(prompt))
                    .as(prompt)
                    .isNotEmpty()
                    .allSatisfy(section -> assertThat(section)
                            .allMatch(fragment -> !fragment.text().isEmpty() && Math.abs(fragment.weight()) <= 10));
        }
    }

    /** Each fragment and its weight to three places. */
    private static String shown(String prompt) {
        return PromptSyntax.sections(prompt).getFirst().stream()
                .map(fragment -> fragment.text() + "=" + Math.round(fragment.weight() * 1_000) / 1_000.0)
                .collect(Collectors.joining(" "));
    }
}

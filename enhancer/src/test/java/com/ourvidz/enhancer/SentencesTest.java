package com.ourvidz.enhancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void aTextThatFitsStaysAsItIs() {
        assertThat(Sentences.cut("A fox runs. It snows.", shorterThan(100))).isEqualTo("A fox runs. It snows.");
    }

    @Test
    void oneThatDoesNotEndsWithTheLastSentenceThatFits() {
        assertThat(Sentences.cut("A fox runs. It snows. The sun sets.", shorterThan(25)))
                .isEqualTo("A fox runs. It snows.");
        assertThat(Sentences.cut("一只狐狸在奔跑。下雪了。太阳落山。", shorterThan(14))).isEqualTo("一只狐狸在奔跑。下雪了。");
    }

    @Test
    void aSentenceThatIsTooLongByItselfEndsWithAWordAndAWordWithACharacter() {
        assertThat(Sentences.cut("a fox in deep snow", shorterThan(10))).isEqualTo("a fox in");
        assertThat(Sentences.cut("abcdefghijkl", shorterThan(5))).isEqualTo("abcd");
        assertThat(Sentences.cut("👨‍👩‍👧👨‍👩‍👧", shorterThan(10))).isEqualTo("👨‍👩‍👧");
        assertThat(Sentences.cut("abc", text -> false)).isEmpty();
    }

    private static Predicate<String> shorterThan(int length) {
        return text -> text.length() < length;
    }
}

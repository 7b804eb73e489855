package com.ourvidz.core.safety;

import com.ourvidz.core.Rejection;
import java.util.List;

/**
 * Refuses sexual content that involves minors. The prompt and all other text of an order are read together, in several spellings (see
 * {@link Spellings}), and refused when they speak of both, or of something that is both by itself.
 */
public final class ContentPolicy {

    private final WordList minors = WordList.load("minors.txt");
    private final WordList sexual = WordList.load("sexual.txt");
    private final WordList always = WordList.load("always.txt");

    /**
     * Refuses, or returns.
     *
     * @param texts all that an order says, in any order
     * @throws Rejection {@code CONTENT_POLICY}
     */
    public void check(List<String> texts) {
        if (refuses(texts)) {
            throw Rejection.of(Rejection.Reason.CONTENT_POLICY, "This request is against the content policy.")
                    .with("code", "content_policy");
        }
    }

    private boolean refuses(List<String> texts) {
        var spellings = Spellings.of(String.join(" ", texts));
        return always.mentionedIn(spellings) || (minors.mentionedIn(spellings) && sexual.mentionedIn(spellings));
    }
}

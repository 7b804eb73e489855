package com.ourvidz.core.safety;

import com.ourvidz.core.Rejection;
import java.util.List;
import java.util.Optional;

/**
 * What the platform refuses to make. The one entry for all text from which something is made: what a client wrote, and what was written
 * for it afterwards.
 */
@FunctionalInterface
public interface ContentPolicy {

    /**
     * Who asks for what, as decisions are noted.
     *
     * @param jobType its id, or a word for what else the text is for
     */
    record Asker(String userId, String jobType) {

        /** For text that nobody in particular asks for. */
        public static final Asker NOBODY = new Asker("", "");
    }

    /**
     * Reads all the texts together.
     *
     * @param texts in any order
     * @return the id of the first rule that they break; empty when they are allowed
     */
    Optional<String> brokenRule(Asker asker, List<String> texts);

    /**
     * Refuses, or returns.
     *
     * @param texts all that an order says, in any order
     * @throws Rejection {@code CONTENT_POLICY}
     */
    default void check(Asker asker, List<String> texts) {
        if (brokenRule(asker, texts).isPresent()) {
            throw Rejection.of(Rejection.Reason.CONTENT_POLICY, "This request is against the content policy.")
                    .with("code", "content_policy");
        }
    }

    /** {@link #check(Asker, List)} for {@link Asker#NOBODY}. */
    default void check(List<String> texts) {
        check(Asker.NOBODY, texts);
    }
}

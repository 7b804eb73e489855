package com.ourvidz.server.enhance;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.safety.ContentPolicy;
import com.ourvidz.enhancer.EnhanceRequest;
import com.ourvidz.enhancer.Enhanced;
import com.ourvidz.enhancer.Enhancer;
import com.ourvidz.enhancer.PromptEnhancement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Enhances prompts for people who wait for it: with one try, and as many at a time as the enhancer can take. */
public final class PromptPreviews {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int RETRY_AFTER_SECONDS = 15;

    /** Of an enhancer that needs nothing of this machine to speak of. */
    private static final int MANY = 16;

    /** As the policy notes what the texts are for. */
    private static final String PREVIEW = "enhance-prompt";

    private final PromptEnhancement enhancement;
    private final ContentPolicy policy;
    private final Semaphore places;

    public PromptPreviews(PromptEnhancement enhancement, ContentPolicy policy) {
        this.enhancement = enhancement;
        this.policy = policy;
        this.places = new Semaphore(enhancement.memory() > 0 ? 1 : MANY, true);
    }

    /**
     * The enhanced prompt; the original, by nobody, where there is none or the content policy has something against it.
     *
     * @throws Rejection {@code CONTENT_POLICY} for the original, {@code QUEUE_UNAVAILABLE} when too many others wait
     */
    public Enhanced preview(String userId, EnhanceRequest request) throws InterruptedException {
        var asker = new ContentPolicy.Asker(userId, PREVIEW);
        policy.check(asker, List.of(request.prompt()));
        if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw Rejection.of(Rejection.Reason.QUEUE_UNAVAILABLE, "Others are being served. Try again soon.")
                    .with("retryable", true)
                    .with("retryAfterSeconds", RETRY_AFTER_SECONDS);
        }
        try {
            var written = enhancement.enhance(request, 1, Enhancer.Progress.NONE);
            return written.isEnhanced()
                            && policy.brokenRule(asker, List.of(written.prompt()))
                                    .isPresent()
                    ? Enhanced.none(request.prompt(), written.seconds())
                    : written;
        } finally {
            places.release();
        }
    }
}

package com.ourvidz.core.lease;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.safety.ContentPolicy;
import java.util.List;

/** What enhancers have written for leased jobs: it passes the content policy as what users write does. */
public final class LeasedPrompts {

    /** In characters; a text encoder reads 512 tokens. */
    private static final int LONGEST = 20_000;

    private final JobStore jobs;
    private final ContentPolicy policy;

    public LeasedPrompts(JobStore jobs, ContentPolicy policy) {
        this.jobs = jobs;
        this.policy = policy;
    }

    /**
     * Whether the text may be rendered in place of the job's prompt.
     *
     * @throws Rejection {@code CONFLICT} for a stale fence, {@code INVALID} for a text that is too long
     */
    public boolean allows(Fence fence, String prompt) {
        var job = jobs.held(fence).orElseThrow(Leases::stale);
        if (prompt.length() > LONGEST) {
            throw Rejection.invalid("The prompt is too long: at most " + LONGEST + " characters.");
        }
        var asker = new ContentPolicy.Asker(job.userId(), job.order().type().id());
        return policy.brokenRule(asker, List.of(prompt)).isEmpty();
    }
}

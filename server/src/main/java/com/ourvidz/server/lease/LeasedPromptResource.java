package com.ourvidz.server.lease;

import com.ourvidz.core.lease.LeasedPrompts;
import com.ourvidz.core.lease.WorkerProtocol;
import com.ourvidz.server.http.Requests;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Whether what an enhancer has written for a leased job may be rendered, as the worker protocol describes it. */
@RestController
public class LeasedPromptResource {

    private final LeasedPrompts prompts;

    public LeasedPromptResource(LeasedPrompts prompts) {
        this.prompts = prompts;
    }

    /** 409 says that the lease is lost. */
    @PostMapping("/worker/jobs/{id}/prompt")
    WorkerProtocol.PromptVerdict check(@PathVariable String id, @RequestBody WorkerProtocol.PromptCheck check) {
        WorkerMessages.complete(check);
        var fence = WorkerMessages.fence(Requests.id(id), check);
        return new WorkerProtocol.PromptVerdict(prompts.allows(fence, check.prompt()));
    }
}

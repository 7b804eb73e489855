package com.ourvidz.worker;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import com.ourvidz.enhancer.EnhanceRequest;
import com.ourvidz.enhancer.Enhanced;
import com.ourvidz.enhancer.Language;
import com.ourvidz.enhancer.PromptEnhancement;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is rendered for a job: its prompt, and for the enhanced types what an enhancer makes of it, as long as the platform allows that. Where
 * something is amiss it is the prompt as it is; no job fails for want of an enhanced one.
 */
final class PromptWriter {

    private static final Logger LOG = LoggerFactory.getLogger(PromptWriter.class);
    private final PromptEnhancement enhancement;
    private final Language language;
    private final LoadedModels models;

    PromptWriter(PromptEnhancement enhancement, Language language, LoadedModels models) {
        this.enhancement = enhancement;
        this.language = language;
        this.models = models;
    }

    /**
     * The prompt to render, and who has written it. An enhancer's model is loaded for it and gone on return.
     *
     * @throws StaleLeaseException when the job is to be dropped
     */
    Enhanced write(JobType type, LeasedJob job, Engine.Desk desk) throws InterruptedException {
        var original = Enhanced.none(job.prompt(), 0);
        if (!type.enhanced() || job.prompt().isBlank()) {
            return original;
        }
        var earlier = job.earlier().map(written -> new Enhanced(written.prompt(), written.by(), 0));
        return checked(job, earlier.isPresent() ? earlier.get() : enhanced(type, job, desk), desk);
    }

    private Enhanced enhanced(JobType type, LeasedJob job, Engine.Desk desk) throws InterruptedException {
        models.makeRoomBeside(enhancement.memory());
        var request = new EnhanceRequest(job.prompt(), language, type.isVideo(), job.seed());
        return enhancement.enhance(request, new PromptStage(desk));
    }

    private Enhanced checked(LeasedJob job, Enhanced written, Engine.Desk desk) throws InterruptedException {
        try {
            if (!written.isEnhanced() || desk.allows(written.prompt())) {
                return written;
            }
            LOG.warn("The enhanced prompt is against the content policy; the original is rendered.");
        } catch (IOException | RefusedException e) {
            LOG.warn("The enhanced prompt cannot be checked; the original is rendered: {}", e.toString());
        }
        return Enhanced.none(job.prompt(), written.seconds());
    }
}

package com.ourvidz.worker;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import com.ourvidz.core.safety.ContentPolicy;
import com.ourvidz.core.safety.WordPolicy;
import com.ourvidz.enhancer.EnhanceRequest;
import com.ourvidz.enhancer.Enhanced;
import com.ourvidz.enhancer.Language;
import com.ourvidz.enhancer.PromptEnhancement;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is rendered for a job: its prompt, and for the enhanced types what an enhancer makes of it, as long as the platform allows that. Where
 * something is amiss it is the prompt as it is; no job fails for want of an enhanced one.
 */
final class PromptWriter {

    private static final Logger LOG = LoggerFactory.getLogger(PromptWriter.class);
    private static final String STAGE = "enhancing the prompt";

    /** In characters, of the text that a stage shows. */
    private static final int TAIL = 60;

    private final PromptEnhancement enhancement;
    private final Language language;
    private final LoadedModels models;
    private final ContentPolicy shown = new WordPolicy(List.of());

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
        var written = job.earlier()
                .map(earlier -> new Enhanced(earlier.prompt(), earlier.by(), 0))
                .orElse(null);
        return checked(job, written == null ? enhanced(type, job, desk) : written, desk);
    }

    private Enhanced enhanced(JobType type, LeasedJob job, Engine.Desk desk) throws InterruptedException {
        models.makeRoomBeside(enhancement.memory());
        var request = new EnhanceRequest(job.prompt(), language, type.isVideo(), job.seed());
        return enhancement.enhance(request, text -> desk.progress(new JobProgress(0, stage(text))));
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

    /** Shows the end of what there is so far, unless that is nothing to be shown. */
    private String stage(String text) {
        if (text.isBlank()
                || shown.brokenRule(ContentPolicy.Asker.NOBODY, List.of(text)).isPresent()) {
            return STAGE;
        }
        var line = text.strip().replaceAll("[\\s\\p{Cc}]+", " ");
        var begin = line.offsetByCodePoints(line.length(), -Math.min(TAIL, line.codePointCount(0, line.length())));
        return STAGE + ": " + (begin > 0 ? "…" : "") + line.substring(begin);
    }
}

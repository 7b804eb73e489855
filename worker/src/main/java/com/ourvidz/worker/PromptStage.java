package com.ourvidz.worker;

import com.ourvidz.core.safety.ContentPolicy;
import com.ourvidz.core.safety.WordPolicy;
import com.ourvidz.enhancer.Enhancer;
import java.time.Duration;
import java.util.List;

/** Shows the end of a growing prompt as a job's stage, now and then; nothing of a text that the content policy refuses. */
final class PromptStage implements Enhancer.Progress {

    private static final String STAGE = "enhancing the prompt";
    private static final Duration PACE = Duration.ofMillis(500);

    /** In characters. */
    private static final int TAIL = 60;

    private static final ContentPolicy POLICY = new WordPolicy(List.of());

    private final Engine.Desk desk;
    private long next = System.nanoTime();

    PromptStage(Engine.Desk desk) {
        this.desk = desk;
    }

    /** @throws StaleLeaseException when the job is to be dropped */
    @Override
    public void grown(String text) {
        if (System.nanoTime() - next >= 0) {
            next = System.nanoTime() + PACE.toNanos();
            desk.progress(new JobProgress(0, stage(text)));
        }
    }

    static String stage(String text) {
        if (text.isBlank()
                || POLICY.brokenRule(ContentPolicy.Asker.NOBODY, List.of(text)).isPresent()) {
            return STAGE;
        }
        var line = text.replaceAll("[\\s\\p{Cc}\\p{Cs}]+", " ").strip();
        var characters = line.codePointCount(0, line.length());
        return characters <= TAIL
                ? STAGE + ": " + line
                : STAGE + ": …" + line.substring(line.offsetByCodePoints(0, characters - TAIL));
    }
}

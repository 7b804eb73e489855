package com.ourvidz.enhancer;

import com.ourvidz.enhancer.Enhancer.Progress;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a prompt to what is rendered in its place: as many tries as are allowed, cut to what the text encoder reads, and the prompt itself
 * where that comes to nothing. One prompt at a time.
 */
public final class PromptEnhancement {

    /** What WAN's text encoder reads, the end included. */
    static final int MOST_TOKENS = 512;

    private static final Logger LOG = LoggerFactory.getLogger(PromptEnhancement.class);
    private static final long TICK_MILLIS = 250;

    private final Enhancer enhancer;
    private final EnhancerSettings settings;
    private final TokenCount tokens;

    PromptEnhancement(Enhancer enhancer, EnhancerSettings settings, TokenCount tokens) {
        this.enhancer = enhancer;
        this.settings = settings;
        this.tokens = tokens;
    }

    /**
     * With the enhancer that the settings choose. Loads nothing yet.
     *
     * @param wan the checkpoint for which prompts are written; a folder, which may be missing
     * @param threads for a model in llama.cpp; all processors where there is none
     * @throws IllegalArgumentException when the operator's instruction cannot be read
     */
    public static PromptEnhancement of(EnhancerSettings settings, Path wan, OptionalInt threads) {
        var instruction = Instruction.load(settings.instruction());
        var enhancer = switch (settings.source()) {
            case EnhancerSettings.Source.Grammar _ -> new GrammarEnhancer();
            case EnhancerSettings.Source.Gguf(var model) ->
                new LlamaEnhancer(model, settings, instruction, threads.orElse(0));
            case EnhancerSettings.Source.Endpoint endpoint -> new EndpointEnhancer(endpoint, settings, instruction);
        };
        return new PromptEnhancement(enhancer, settings, TokenCount.ofWan(wan));
    }

    /** How many bytes of this machine's memory it takes while it works. */
    public long memory() {
        return enhancer.memory();
    }

    /**
     * Enhances the request's prompt; a failure is logged, and the result is then the prompt as it was. What was loaded for it is gone on
     * return.
     *
     * @param tries how often to try at most
     * @param progress whatever it throws ends the work and is thrown here
     */
    public Enhanced enhance(EnhanceRequest request, int tries, Progress progress) throws InterruptedException {
        var begin = System.nanoTime();
        try {
            for (var failures = 0; failures < tries; failures++) {
                if (failures > 0) {
                    pause(progress);
                }
                try {
                    return result(request, enhancer.enhance(request.again(failures), progress), begin);
                } catch (EnhancerException e) {
                    LOG.warn(
                            "No enhanced prompt of {}, try {} of {}: {}",
                            enhancer.name(),
                            failures + 1,
                            tries,
                            e.getMessage());
                }
            }
        } finally {
            enhancer.unload();
        }
        return Enhanced.none(request.prompt(), seconds(begin));
    }

    /** With as many tries as the settings allow. */
    public Enhanced enhance(EnhanceRequest request, Progress progress) throws InterruptedException {
        return enhance(request, settings.tries(), progress);
    }

    /** A prompt that fills the encoder by itself stays as it is. */
    private Enhanced result(EnhanceRequest request, String text, long begin) {
        var cut = Sentences.cut(text, part -> tokens.of(part) <= MOST_TOKENS);
        return request.prompt().strip().startsWith(cut)
                ? Enhanced.none(request.prompt(), seconds(begin))
                : new Enhanced(cut, enhancer.name(), seconds(begin));
    }

    private void pause(Progress progress) throws InterruptedException {
        var end = System.nanoTime() + settings.pause().toNanos();
        while (System.nanoTime() < end) {
            progress.grown("");
            Thread.sleep(Math.min(TICK_MILLIS, settings.pause().toMillis()));
        }
    }

    private static double seconds(long begin) {
        return Math.round((System.nanoTime() - begin) / 1e6) / 1e3; // to the millisecond
    }
}

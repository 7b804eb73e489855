package com.ourvidz.enhancer;

/**
 * Writes the description of a scene for a prompt. What it needs a lot of memory for it takes with the first prompt and keeps until it is
 * unloaded; after that the next prompt takes it again. One prompt at a time.
 */
public interface Enhancer {

    /** Hears from an enhancer at work, several times a second whether or not there is something new. What it throws ends the work. */
    @FunctionalInterface
    interface Progress {

        /** Hears nothing. */
        Progress NONE = text -> {};

        /** Hears what there is of the answer, as it comes; empty at first. */
        void grown(String text);
    }

    /** Who has written the text, for {@code metadata.enhanced_by}: {@code grammar}, or a model's name. */
    String name();

    /** How many bytes of this machine's memory it takes while it works; 0 where that is nothing to speak of. */
    default long memory() {
        return 0;
    }

    /**
     * The description, without anything around it; any length.
     *
     * @throws EnhancerException when there is none: no model, no answer, an empty answer, or none in time. Another try may do better
     */
    String enhance(EnhanceRequest request, Progress progress) throws EnhancerException, InterruptedException;

    /** Gives back what it has taken. */
    default void unload() {}
}

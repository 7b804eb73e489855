package com.ourvidz.core.job;

import com.ourvidz.core.reference.ReferenceSource;
import java.util.Locale;
import java.util.Optional;

/**
 * A picture that a job refers to.
 *
 * @param type how an SDXL job takes it; empty for frames of a video
 * @param strength how much it influences the result: 0.0 = not at all, 1.0 = nearly the reference
 */
public record JobReference(Slot slot, Optional<Type> type, double strength, ReferenceSource source) {

    /** Strengths that are recommended, of all from 0.0 to 1.0. */
    public record Range(double from, double to) {}

    /** What the picture is to the job. */
    public enum Slot {
        /** The picture that an SDXL job starts from. */
        REFERENCE,
        /** A video's first frame. */
        START,
        /** A video's last frame. */
        END;

        /** Of a frame; how a picture is taken decides else. */
        public static final Range RECOMMENDED_FOR_FRAMES = new Range(0.5, 0.8);

        /** The name in the worker protocol. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The metadata field that names the picture. */
        String field() {
            return this == REFERENCE ? "reference_image_url" : id() + "_reference_image_url";
        }
    }

    /** The documented reference types. */
    public enum Type {
        STYLE(0.3, 0.8),
        COMPOSITION(0.5, 0.9),
        CHARACTER(0.4, 0.7);

        private final double recommendedFrom;
        private final double recommendedTo;

        Type(double recommendedFrom, double recommendedTo) {
            this.recommendedFrom = recommendedFrom;
            this.recommendedTo = recommendedTo;
        }

        public Range recommended() {
            return new Range(recommendedFrom, recommendedTo);
        }

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

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

    /** What the picture is to the job. */
    public enum Slot {
        /** The picture that an SDXL job starts from. */
        REFERENCE,
        /** A video's first frame. */
        START,
        /** A video's last frame. */
        END;

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
        STYLE,
        COMPOSITION,
        CHARACTER;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

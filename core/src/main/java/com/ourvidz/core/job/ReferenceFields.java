package com.ourvidz.core.job;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.job.JobReference.Slot;
import com.ourvidz.core.reference.ReferenceSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads which pictures an order refers to, and how. Whatever is wrong with them is refused with {@code referenceImageError}. */
final class ReferenceFields {

    private static final String TYPE = "reference_type";
    /** The first that is given wins. */
    private static final List<String> STRENGTHS = List.of("reference_strength", "similarity_strength");

    private static final double DEFAULT_STRENGTH = 0.5;

    /** The documented fields. */
    static final List<String> NAMES = Stream.of(
                    Stream.of(Slot.values()).map(Slot::field), Stream.of(TYPE), STRENGTHS.stream())
            .flatMap(names -> names)
            .toList();

    private ReferenceFields() {}

    static List<JobReference> read(Fields fields, Function<String, Optional<ReferenceSource>> usable) {
        var strength = strength(fields);
        var type = type(fields);
        return Stream.of(Slot.values())
                .flatMap(slot -> source(fields, slot, usable)
                        .map(source -> new JobReference(slot, typeIn(slot, type), strength, source))
                        .stream())
                .toList();
    }

    private static Optional<ReferenceSource> source(
            Fields fields, Slot slot, Function<String, Optional<ReferenceSource>> usable) {
        var supported = slot == Slot.REFERENCE ? fields.type.isSdxl() : fields.type.isVideo();
        return fields.value(slot.field(), supported)
                .map(url -> Optional.of(url)
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .flatMap(usable)
                        .orElseThrow(() -> unusable(slot)));
    }

    /** One sentence for all that is not to be used: which of them exist is nobody's business. */
    private static Rejection unusable(Slot slot) {
        return refused(slot.field(), "is not one of your reference images, nor on an authorised host.")
                .with("suggestedAction", "Upload the picture as a reference image, and use the URL that answers it.");
    }

    private static Optional<JobReference.Type> typeIn(Slot slot, JobReference.Type type) {
        return slot == Slot.REFERENCE ? Optional.of(type) : Optional.empty();
    }

    private static JobReference.Type type(Fields fields) {
        return fields.value(TYPE, fields.type.isSdxl())
                .map(value -> Stream.of(JobReference.Type.values())
                        .filter(type -> type.id().equals(value))
                        .findFirst()
                        .orElseThrow(() -> refused(TYPE, "must be style, composition or character.")))
                .orElse(JobReference.Type.STYLE);
    }

    private static double strength(Fields fields) {
        return STRENGTHS.stream()
                .flatMap(
                        name -> fields
                                .value(name, fields.type.referenceImageSupported())
                                .map(value -> strength(name, value))
                                .stream())
                .toList() // so that all are checked
                .stream()
                .findFirst()
                .orElse(DEFAULT_STRENGTH);
    }

    private static double strength(String name, Object value) {
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        throw refused(name, "must be a number from 0.0 to 1.0.");
    }

    private static Rejection refused(String field, String why) {
        return Rejection.invalid(field + " " + why)
                .with("details", "metadata." + field)
                .with("referenceImageError", true);
    }
}

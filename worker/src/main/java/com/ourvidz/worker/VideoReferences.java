package com.ourvidz.worker;

import com.ourvidz.core.catalog.JobType.Output;
import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import com.ourvidz.core.lease.WorkerProtocol.LeasedReference;
import com.ourvidz.diffusion.wan.References;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pictures that a video's first and last frame are held to, and what became of them. */
record VideoReferences(Optional<Reference> start, Optional<Reference> end) {

    private static final String NOT_TAKEN =
            " was not used: this worker's model makes videos from text alone. A model of WAN VACE uses it.";

    /**
     * Fetches and reads the references of a job, if it has any.
     *
     * @param taken whether the model can be held to them; else they are not fetched
     * @throws StaleLeaseException when the job is to be dropped
     */
    static VideoReferences of(LeasedJob job, Engine.Desk desk, boolean taken, Output output)
            throws InterruptedException {
        return new VideoReferences(
                of(job, LeasedReference.START, desk, taken, output), of(job, LeasedReference.END, desk, taken, output));
    }

    private static Optional<Reference> of(LeasedJob job, String slot, Engine.Desk desk, boolean taken, Output output)
            throws InterruptedException {
        return taken
                ? Reference.of(job, slot, desk, output.width(), output.height())
                : Reference.asked(job, slot).map(asked -> Reference.without(asked, Reference.name(asked) + NOT_TAKEN));
    }

    /** For the pipeline; {@code reference_strength} is one for both frames. */
    References held() {
        var strength = all().findFirst().map(reference -> reference.asked().strength());
        return strength.map(scale ->
                        new References(start.flatMap(Reference::picture), end.flatMap(Reference::picture), scale))
                .orElse(References.NONE);
    }

    /** What the job's metadata say of them: nothing where none was asked for, and applied when all were. */
    Map<String, Object> details() {
        var details = new LinkedHashMap<String, Object>();
        all().findFirst().ifPresent(first -> {
            details.put("reference_applied", applied().size() == all().count());
            details.put("references_applied", applied());
            details.put("reference_strength", first.asked().strength());
        });
        all().flatMap(reference -> reference.error().stream())
                .reduce((one, other) -> one + " " + other)
                .ifPresent(error -> details.put("reference_error", error));
        return details;
    }

    private List<String> applied() {
        return all().filter(reference -> reference.picture().isPresent())
                .map(reference -> reference.asked().slot())
                .collect(Collectors.toList());
    }

    private Stream<Reference> all() {
        return Stream.of(start, end).flatMap(Optional::stream);
    }
}

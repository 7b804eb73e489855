package com.ourvidz.core.job;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.reference.ReferenceSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A recorded job once more. What the request does not speak of stays as it took effect then: prompts, seed, quantity, references. Fields of
 * the request, in {@code metadata} or {@code config}, replace what is recorded, and a JSON null takes it away. Credits, steps and
 * guidance are not recorded settings: the server owns them, and those of today count. What an enhancer wrote is rendered again as long as
 * prompt, seed and kind of output stay: a model would not write the same twice.
 */
final class Regeneration {

    /** The metadata field that names the job that was made again. */
    static final String FROM = "regenerated_from";

    private static final String SEED = "seed";
    private static final String NUM_IMAGES = "num_images";
    private static final String STRENGTH = "reference_strength";
    private static final String STRENGTH_ALIAS = "similarity_strength";
    /** Fields for which {@code config} wins over {@code metadata}. */
    private static final List<String> CONFIGURED = List.of(SEED, NUM_IMAGES);

    /** The last image of six still has an exact seed. */
    private static final long LAST_SEED = OrderReader.MAX_SEED + 5;

    private final Job job;
    private final JobOrder recorded;
    private final Map<String, ?> request;
    private final Map<String, @Nullable Object> changes;
    private final OptionalInt index;
    private final boolean freshSeed;

    /** @throws Rejection {@code INVALID} when the job has no such image, or the request contradicts itself */
    Regeneration(Job job, Map<String, ?> request) {
        this.job = job;
        this.recorded = job.order();
        this.request = request;
        this.changes = changes(request);
        this.index = index(request.get("index"));
        this.freshSeed = freshSeed(request.get("random"));
    }

    /** The order, checked as any other. */
    JobOrder order(OrderReader orders, Function<String, Optional<ReferenceSource>> usable) {
        var order =
                orders.read(body(), usable, () -> freshSeed ? orders.drawSeed() : recorded.seed() + index.orElse(0));
        if (order.seed() + order.numImages() - 1 > LAST_SEED) {
            throw invalidSeed("The last image's seed would be larger than " + LAST_SEED + ".");
        }
        var noted = order.noting(FROM, job.id().toString());
        return enhancement()
                .filter(written -> isFor(order))
                .map(noted::rendering)
                .orElse(noted);
    }

    /** What the recorded job's prompt was enhanced to, or was to be. */
    private Optional<JobOrder.Enhancement> enhancement() {
        return job.report().get("enhanced_prompt") instanceof String prompt
                        && job.report().get("enhanced_by") instanceof String by
                ? Optional.of(new JobOrder.Enhancement(prompt, by))
                : recorded.enhancement();
    }

    /** Whether the recorded job's enhanced prompt is one for this order too. */
    private boolean isFor(JobOrder order) {
        return order.type().enhanced()
                && order.type().output() == recorded.type().output()
                && order.prompt().equals(recorded.prompt())
                && order.seed() == recorded.seed();
    }

    /** What the URL stood for when the job was ordered. */
    Optional<ReferenceSource> recorded(String url) {
        return recorded.references().stream()
                .filter(reference -> url.equals(url(reference)))
                .map(JobReference::source)
                .findFirst();
    }

    private Map<String, @Nullable Object> body() {
        var ids = recorded.clientIds();
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("jobType", recorded.type().id());
        ids.projectId().ifPresent(id -> body.put("projectId", id));
        ids.videoId().ifPresent(id -> body.put("videoId", id));
        ids.imageId().ifPresent(id -> body.put("imageId", id));
        body.putAll(request);
        body.put("metadata", metadata());
        body.remove("config"); // is among the changes
        return body;
    }

    private Map<String, @Nullable Object> metadata() {
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        Optional.of(recorded.prompt())
                .filter(prompt -> !prompt.isEmpty())
                .ifPresent(prompt -> metadata.put("prompt", prompt));
        recorded.negativePrompt().ifPresent(prompt -> metadata.put("negative_prompt", prompt));
        if (recorded.numImages() > 1 && index.isEmpty()) {
            metadata.put(NUM_IMAGES, recorded.numImages());
        }
        recorded.references().forEach(reference -> putReference(metadata, reference));
        metadata.putAll(changes);
        return metadata;
    }

    private void putReference(Map<String, @Nullable Object> metadata, JobReference reference) {
        metadata.put(reference.slot().field(), url(reference));
        reference.type().ifPresent(type -> metadata.put("reference_type", type.id()));
        if (!changes.containsKey(STRENGTH_ALIAS)) { // else the recorded value would win over it
            metadata.put(STRENGTH, reference.strength());
        }
    }

    private @Nullable Object url(JobReference reference) {
        return recorded.metadata().get(reference.slot().field());
    }

    private static Map<String, @Nullable Object> changes(Map<String, ?> request) {
        var changes = new LinkedHashMap<String, @Nullable Object>();
        OrderReader.object(request, "metadata").forEach((name, value) -> changes.put(String.valueOf(name), value));
        var config = OrderReader.object(request, "config");
        CONFIGURED.stream().filter(config::containsKey).forEach(name -> changes.put(name, config.get(name)));
        return changes;
    }

    private OptionalInt index(@Nullable Object value) {
        if (value == null) {
            return OptionalInt.empty();
        }
        var index = OrderReader.wholeNumber(value)
                .filter(number -> number >= 0 && number < recorded.numImages())
                .orElseThrow(() -> Rejection.invalid(
                        "index must be an integer from 0 to %d.".formatted(recorded.numImages() - 1)));
        Optional.ofNullable(changes.get(NUM_IMAGES))
                .filter(quantity -> !OrderReader.wholeNumber(quantity).equals(Optional.of(1L)))
                .ifPresent(quantity -> {
                    throw Rejection.invalid("index asks for one image alone: leave num_images out.")
                            .with("invalidQuantity", true);
                });
        return OptionalInt.of(index.intValue());
    }

    private boolean freshSeed(@Nullable Object random) {
        if (random != null && !(random instanceof Boolean)) {
            throw invalidSeed("random must be true or false.");
        }
        var asked = Boolean.TRUE.equals(random);
        if (asked && changes.get(SEED) != null) {
            throw invalidSeed("random asks for a new seed: leave seed out.");
        }
        return asked || (changes.containsKey(SEED) && changes.get(SEED) == null);
    }

    private static Rejection invalidSeed(String error) {
        return Rejection.invalid(error).with("invalidSeed", true);
    }
}

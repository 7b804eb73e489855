package com.ourvidz.core.job;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.money.PriceList;
import com.ourvidz.core.reference.ReferenceSource;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of {@code POST /api/queue-job} into a {@link JobOrder}, or refuses it with the documented flag. Values arrive as a JSON
 * reader gives them: String, Number, Boolean, List, Map; JSON null counts as absent. Unknown fields are ignored.
 */
public final class OrderReader {

    /** Image k of a batch uses seed + k, and the last of six must still be exact in a JSON number: 2^53 - 7. */
    public static final long MAX_SEED = (1L << 53) - 7;

    /** In characters, after trimming. */
    public static final int MAX_PROMPT = 4_000;

    private static final long DRAWN_SEEDS = 1L << 32;
    private static final Set<Long> QUANTITIES = Set.of(1L, 3L, 6L);
    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final List<String> FIELDS =
            List.of("prompt", "credits", "bucket", "num_images", "seed", "negative_prompt");

    private final PriceList prices;
    private final RandomGenerator random;

    public OrderReader(PriceList prices, RandomGenerator random) {
        this.prices = prices;
        this.random = random;
    }

    /**
     * Reads one order.
     *
     * @param body the request's JSON object
     * @param usable what a reference's URL stands for; empty when the caller may not use it
     * @throws Rejection {@code INVALID}, with {@code validJobTypes}, {@code invalidQuantity}, {@code invalidSeed} or
     *     {@code referenceImageError} where the documentation has a flag for it
     */
    public JobOrder read(Map<String, ?> body, Function<String, Optional<ReferenceSource>> usable) {
        return read(body, usable, this::drawSeed);
    }

    /** @param otherwise the seed of an order that names none */
    JobOrder read(Map<String, ?> body, Function<String, Optional<ReferenceSource>> usable, LongSupplier otherwise) {
        var type = type(body.get("jobType"));
        var fields = new Fields(type, object(body, "metadata"), object(body, "config"));
        checkBucket(fields);
        var references = ReferenceFields.read(fields, usable);
        return new JobOrder(
                type,
                prompt(fields, references),
                fields.text("negative_prompt", type.negativePromptSupported()),
                quantity(fields),
                seed(fields, otherwise),
                price(fields),
                references,
                documented(fields),
                new JobOrder.ClientIds(
                        clientId(body, "projectId"), clientId(body, "videoId"), clientId(body, "imageId")),
                List.copyOf(fields.warnings));
    }

    /**
     * The job type of that name.
     *
     * @throws Rejection {@code INVALID}, with {@code validJobTypes}
     */
    public static JobType type(@Nullable Object value) {
        return Optional.ofNullable(value instanceof String id ? id : null)
                .flatMap(JobType::of)
                .orElseThrow(() -> Rejection.invalid("Unknown job type.")
                        .with("validJobTypes", JobType.ids())
                        .with("suggestedAction", "Use one of validJobTypes as jobType."));
    }

    private static String prompt(Fields fields, List<JobReference> references) {
        var prompt = fields.text("prompt", true).map(String::strip).orElse("");
        if (prompt.isEmpty() && references.stream().anyMatch(OrderReader::isStart)) {
            return prompt;
        }
        return prompt(prompt);
    }

    /**
     * A prompt, trimmed.
     *
     * @throws Rejection {@code INVALID} when it is empty, too long, or no valid text
     */
    public static String prompt(String given) {
        var prompt = given.strip();
        if (prompt.isEmpty()) {
            throw Rejection.invalid("A prompt is required: it must not be empty.");
        }
        requireUnicode("prompt", prompt);
        if (prompt.codePointCount(0, prompt.length()) > MAX_PROMPT) {
            throw Rejection.invalid("The prompt is too long: at most " + MAX_PROMPT + " characters.");
        }
        return prompt;
    }

    private static boolean isStart(JobReference reference) {
        return reference.slot() != JobReference.Slot.END;
    }

    static void requireUnicode(String name, String text) {
        if (text.codePoints().anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))) {
            throw Rejection.invalid(name + " is not valid text: it holds an unpaired surrogate or a NUL character.");
        }
    }

    private static int quantity(Fields fields) {
        return fields.configured("num_images", fields.type.flexibleQuantitiesSupported())
                .map(value -> wholeNumber(value)
                        .filter(QUANTITIES::contains)
                        .orElseThrow(() -> Rejection.invalid("num_images must be 1, 3 or 6.")
                                .with("invalidQuantity", true)))
                .orElse(1L)
                .intValue();
    }

    long drawSeed() {
        return random.nextLong(DRAWN_SEEDS);
    }

    private static long seed(Fields fields, LongSupplier otherwise) {
        return fields.configured("seed", fields.type.seedControlSupported())
                .map(value -> wholeNumber(value)
                        .filter(seed -> seed >= 0 && seed <= MAX_SEED)
                        .orElseThrow(() -> Rejection.invalid("seed must be an integer from 0 to " + MAX_SEED + ".")
                                .with("invalidSeed", true)))
                .orElseGet(otherwise::getAsLong);
    }

    /** The server owns the price: a client may offer more, never less. */
    private long price(Fields fields) {
        var offered = fields.value("credits", true)
                .map(value -> wholeNumber(value)
                        .filter(credits -> credits >= 0 && credits <= PriceList.MAX_PRICE)
                        .orElseThrow(() ->
                                Rejection.invalid("credits must be an integer from 0 to " + PriceList.MAX_PRICE + ".")))
                .orElse(0L);
        return Math.max(offered, prices.of(fields.type));
    }

    private static void checkBucket(Fields fields) {
        var bucket = fields.type.bucket();
        fields.text("bucket", true).filter(given -> !given.equals(bucket)).ifPresent(given -> {
            throw Rejection.invalid("metadata.bucket can only be the job type's own bucket, " + bucket + ".");
        });
    }

    private static Optional<String> clientId(Map<String, ?> body, String name) {
        return Optional.ofNullable(body.get(name)).map(value -> {
            if (value instanceof String id && CLIENT_ID.matcher(id).matches()) {
                return id;
            }
            throw Rejection.invalid(name + " must be 1 to 64 letters, digits, '-' or '_'.");
        });
    }

    private static Map<String, Object> documented(Fields fields) {
        var kept = new LinkedHashMap<String, Object>();
        for (var names : List.of(FIELDS, ReferenceFields.NAMES)) {
            names.forEach(name -> fields.raw(name).ifPresent(value -> kept.put(name, value)));
        }
        return Map.copyOf(kept);
    }

    static Map<?, ?> object(Map<String, ?> body, String name) {
        return switch (body.get(name)) {
            case null -> Map.of();
            case Map<?, ?> object -> object;
            default -> throw Rejection.invalid(name + " must be a JSON object.");
        };
    }

    /** A JSON integer, also when written as 1.0 or 1e3; empty for anything that is no whole number or does not fit. */
    static Optional<Long> wholeNumber(Object value) {
        if (!(value instanceof Number number)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(number.toString()).longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}

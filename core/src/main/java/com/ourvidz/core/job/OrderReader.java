package com.ourvidz.core.job;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.money.PriceList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    static final int MAX_PROMPT = 4_000;
    private static final long DRAWN_SEEDS = 1L << 32;
    private static final Set<Long> QUANTITIES = Set.of(1L, 3L, 6L);
    private static final Set<String> REFERENCE_TYPES = Set.of("style", "composition", "character");
    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final List<String> SDXL_REFERENCES = List.of("reference_image_url", "reference_type");
    private static final List<String> VIDEO_REFERENCES =
            List.of("start_reference_image_url", "end_reference_image_url");
    private static final List<String> REFERENCE_STRENGTHS = List.of("reference_strength", "similarity_strength");
    private static final List<String> OTHER_FIELDS =
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
     * @throws Rejection {@code INVALID}, with {@code validJobTypes}, {@code invalidQuantity}, {@code invalidSeed} or
     *     {@code referenceImageError} where the documentation has a flag for it
     */
    public JobOrder read(Map<String, ?> body) {
        var type = type(body.get("jobType"));
        var fields = new Fields(type, object(body, "metadata"), object(body, "config"));
        return new JobOrder(
                type,
                prompt(fields),
                fields.text("negative_prompt", type.negativePromptSupported()),
                quantity(fields),
                seed(fields),
                price(fields),
                documented(fields),
                new JobOrder.ClientIds(
                        clientId(body, "projectId"), clientId(body, "videoId"), clientId(body, "imageId")),
                List.copyOf(checkReferences(fields).warnings));
    }

    private static JobType type(@Nullable Object value) {
        return Optional.ofNullable(value instanceof String id ? id : null)
                .flatMap(JobType::of)
                .orElseThrow(() -> Rejection.invalid("Unknown job type.")
                        .with("validJobTypes", JobType.ids())
                        .with("suggestedAction", "Use one of validJobTypes as jobType."));
    }

    private static String prompt(Fields fields) {
        var prompt = fields.text("prompt", true)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> Rejection.invalid("A prompt is required: metadata.prompt must not be empty."));
        requireUnicode("prompt", prompt);
        if (prompt.codePointCount(0, prompt.length()) > MAX_PROMPT) {
            throw Rejection.invalid("The prompt is too long: at most " + MAX_PROMPT + " characters.");
        }
        return prompt;
    }

    private static void requireUnicode(String name, String text) {
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

    private long seed(Fields fields) {
        return fields.configured("seed", fields.type.seedControlSupported())
                .map(value -> wholeNumber(value)
                        .filter(seed -> seed >= 0 && seed <= MAX_SEED)
                        .orElseThrow(() -> Rejection.invalid("seed must be an integer from 0 to " + MAX_SEED + ".")
                                .with("invalidSeed", true)))
                .orElseGet(() -> random.nextLong(DRAWN_SEEDS));
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

    private static Fields checkReferences(Fields fields) {
        var type = fields.type;
        fields.text("bucket", true)
                .filter(bucket -> !bucket.equals(type.bucket()))
                .ifPresent(bucket -> {
                    throw Rejection.invalid(
                            "metadata.bucket can only be the job type's own bucket, " + type.bucket() + ".");
                });
        REFERENCE_STRENGTHS.forEach(name -> fields.value(name, type.referenceImageSupported())
                .filter(value -> !isStrength(value))
                .ifPresent(value -> {
                    throw invalidReference(name + " must be a number from 0.0 to 1.0.");
                }));
        fields.text("reference_type", type.isSdxl())
                .filter(value -> !REFERENCE_TYPES.contains(value))
                .ifPresent(value -> {
                    throw invalidReference("reference_type must be style, composition or character.");
                });
        refuseReference(fields.text("reference_image_url", type.isSdxl()));
        VIDEO_REFERENCES.forEach(name -> refuseReference(fields.text(name, type.isVideo())));
        return fields;
    }

    /** References are accepted from the platform's own uploads and from authorised hosts: so far there are neither. */
    private static void refuseReference(Optional<String> url) {
        if (url.isPresent()) {
            throw invalidReference("The reference image is not from an authorised host.");
        }
    }

    private static Rejection invalidReference(String error) {
        return Rejection.invalid(error).with("referenceImageError", true);
    }

    private static boolean isStrength(Object value) {
        return value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1;
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
        for (var names : List.of(OTHER_FIELDS, SDXL_REFERENCES, VIDEO_REFERENCES, REFERENCE_STRENGTHS)) {
            names.forEach(name -> fields.raw(name).ifPresent(value -> kept.put(name, value)));
        }
        return Map.copyOf(kept);
    }

    private static Map<?, ?> object(Map<String, ?> body, String name) {
        return switch (body.get(name)) {
            case null -> Map.of();
            case Map<?, ?> object -> object;
            default -> throw Rejection.invalid(name + " must be a JSON object.");
        };
    }

    /** A JSON integer, also when written as 1.0 or 1e3; empty for anything that is no whole number or does not fit. */
    private static Optional<Long> wholeNumber(Object value) {
        if (!(value instanceof Number number)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(number.toString()).longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The two places in which a field may stand, and the names of those given that the job type does not support. */
    private static final class Fields {
        private final JobType type;
        private final Map<?, ?> metadata;
        private final Map<?, ?> config;
        private final List<String> warnings = new ArrayList<>();

        Fields(JobType type, Map<?, ?> metadata, Map<?, ?> config) {
            this.type = type;
            this.metadata = metadata;
            this.config = config;
        }

        Optional<Object> raw(String name) {
            return Optional.ofNullable(metadata.get(name));
        }

        Optional<Object> value(String name, boolean supported) {
            return supportedOnly(name, raw(name), supported);
        }

        /** {@code config} wins over {@code metadata}. */
        Optional<Object> configured(String name, boolean supported) {
            return supportedOnly(
                    name, Optional.<Object>ofNullable(config.get(name)).or(() -> raw(name)), supported);
        }

        Optional<String> text(String name, boolean supported) {
            return value(name, supported).map(value -> {
                if (value instanceof String text) {
                    requireUnicode(name, text);
                    return text;
                }
                throw Rejection.invalid(name + " must be a text.");
            });
        }

        private Optional<Object> supportedOnly(String name, Optional<Object> value, boolean supported) {
            if (value.isPresent() && !supported) {
                warnings.add(name + " is not supported by " + type.id() + " and was ignored.");
                return Optional.empty();
            }
            return value;
        }
    }
}

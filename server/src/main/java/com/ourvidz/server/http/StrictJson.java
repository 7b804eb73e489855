package com.ourvidz.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.ourvidz.core.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as the platform reads it: no duplicate keys, nothing after the document, no numbers or depths that cost more to read than they
 * are worth, and only text that can be stored and shown again.
 */
public final class StrictJson {

    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 64;
    private static final int LONGEST_NAME = 256;
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private StrictJson() {}

    /**
     * A mapper that reads and writes so.
     *
     * @param snakeCase records whose names are written with underscores
     */
    public static JsonMapper mapper(List<Class<?>> snakeCase) {
        var builder = JsonMapper.builder(factory())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        snakeCase.forEach(record -> builder.addMixIn(record, SnakeCase.class));
        return builder.build();
    }

    /**
     * Reads one JSON object.
     *
     * @throws Rejection {@code INVALID}
     */
    public static Map<String, Object> readObject(JsonMapper json, byte[] body) {
        try {
            var object = json.readValue(body, OBJECT);
            if (object == null) {
                throw Rejection.invalid("The body must be a JSON object.");
            }
            requireStorable(object);
            return object;
        } catch (JacksonException e) {
            throw Rejection.invalid("The body is not a valid JSON object" + place(e) + ".");
        }
    }

    /**
     * Refuses text with NUL characters or unpaired surrogates, and numbers too large for a double, anywhere in the value.
     *
     * @throws Rejection {@code INVALID}
     */
    public static void requireStorable(Object value) {
        switch (value) {
            case String text -> requireText(text);
            case Double number when !Double.isFinite(number) -> throw Rejection.invalid("A number is too large.");
            case List<?> list -> list.forEach(StrictJson::requireStorableIfPresent);
            case Map<?, ?> map ->
                map.forEach((name, each) -> {
                    requireStorable(name);
                    requireStorableIfPresent(each);
                });
            default -> {}
        }
    }

    /** Where it went wrong, and no more: what Jackson says besides speaks of its own insides. */
    private static String place(JacksonException e) {
        return Optional.ofNullable(e.getLocation())
                .filter(location -> location.getLineNr() > 0)
                .map(location -> ": see line " + location.getLineNr() + ", column " + location.getColumnNr())
                .orElse("");
    }

    private static void requireStorableIfPresent(@Nullable Object value) {
        if (value != null) {
            requireStorable(value);
        }
    }

    private static void requireText(String text) {
        if (text.codePoints().anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))) {
            throw Rejection.invalid("A text holds a NUL character or an unpaired surrogate.");
        }
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxNameLength(LONGEST_NAME)
                        .build())
                .build();
    }

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface SnakeCase {}
}

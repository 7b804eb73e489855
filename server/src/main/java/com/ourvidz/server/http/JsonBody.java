package com.ourvidz.server.http;

import com.ourvidz.core.Rejection;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The fields of a request's JSON body. Each is of its type or the request is refused: nothing is converted or cut off. */
public record JsonBody(Map<String, Object> fields) {

    /**
     * Reads one JSON object.
     *
     * @throws Rejection {@code INVALID}
     */
    public static JsonBody read(JsonMapper json, byte[] body) {
        return new JsonBody(StrictJson.readObject(json, body));
    }

    public String text(String name) {
        return optionalText(name).orElseThrow(() -> Rejection.invalid(name + " is missing."));
    }

    public Optional<String> optionalText(String name) {
        return field(name, String.class, "a text");
    }

    /** False when it is left out. */
    public boolean flag(String name) {
        return field(name, Boolean.class, "true or false").orElse(false);
    }

    public long wholeNumber(String name) {
        var number = Optional.ofNullable(fields.get(name)).orElseThrow(() -> Rejection.invalid(name + " is missing."));
        return switch (number) {
            case Integer small -> small;
            case Long large -> large;
            default -> throw Rejection.invalid(name + " must be a whole number.");
        };
    }

    private <T> Optional<T> field(String name, Class<T> type, String kind) {
        var value = Optional.ofNullable(fields.get(name));
        if (value.isPresent() && !type.isInstance(value.get())) {
            throw Rejection.invalid(name + " must be " + kind + ".");
        }
        return value.map(type::cast);
    }
}

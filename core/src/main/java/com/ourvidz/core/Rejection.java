package com.ourvidz.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A request that the platform refuses, said in the user's words. It carries the fields of the documented error format;
 * the HTTP layer only chooses the status code for the {@link Reason}.
 */
public final class Rejection extends RuntimeException {

    /** Why a request is refused. */
    public enum Reason {
        INVALID,
        NOT_SIGNED_IN,
        INSUFFICIENT_CREDITS,
        CONTENT_POLICY,
        NOT_FOUND,
        CONFLICT,
        TOO_MANY_REQUESTS,
        QUEUE_UNAVAILABLE,
        TOO_LARGE,
        WRONG_MEDIA_TYPE
    }

    private final Reason reason;
    private final Map<String, Object> fields;

    private Rejection(Reason reason, String error, Map<String, Object> fields) {
        super(error);
        this.reason = reason;
        this.fields = fields;
    }

    public static Rejection of(Reason reason, String error) {
        return new Rejection(reason, error, Map.of());
    }

    public static Rejection invalid(String error) {
        return of(Reason.INVALID, error);
    }

    /** The answer for what does not exist and for what is somebody else's: the two must look alike. */
    public static Rejection notFound() {
        return of(Reason.NOT_FOUND, "Not found.");
    }

    /** The same refusal with one more field of the error format, for instance {@code suggestedAction} or {@code invalidSeed}. */
    public Rejection with(String field, Object value) {
        var more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new Rejection(reason, error(), more);
    }

    public Reason reason() {
        return reason;
    }

    /** The sentence for the user. */
    public String error() {
        return Objects.requireNonNull(getMessage());
    }

    /** Further fields of the error format, by their documented names. */
    public Map<String, Object> fields() {
        return fields;
    }
}

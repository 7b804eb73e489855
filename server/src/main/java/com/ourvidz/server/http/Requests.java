package com.ourvidz.server.http;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** What several routes read from a request's path and query. */
public final class Requests {

    private static final Pattern IDEMPOTENCY_KEY =
            Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]{0,198}[\\x21-\\x7e])?");

    private Requests() {}

    /** An id in a path. What is no id is not found, like any other that does not exist. */
    public static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Rejection.notFound();
        }
    }

    /** The {@code Idempotency-Key} header. */
    public static String idempotencyKey(String header) {
        if (!IDEMPOTENCY_KEY.matcher(header).matches()) {
            throw Rejection.invalid("Idempotency-Key must be 1 to 200 printable ASCII characters.");
        }
        return header;
    }

    /** The page size, 1 to {@link Page#MAX_SIZE}. */
    public static int limit(Optional<Integer> given) {
        var limit = given.orElse(Page.DEFAULT_SIZE);
        if (limit < 1 || limit > Page.MAX_SIZE) {
            throw Rejection.invalid("limit must be from 1 to " + Page.MAX_SIZE + ".");
        }
        return limit;
    }
}

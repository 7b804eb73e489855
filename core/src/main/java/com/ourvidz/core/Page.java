package com.ourvidz.core;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One page of a list that runs from newest to oldest.
 *
 * @param next where the next page begins; empty on the last one
 */
public record Page<T>(List<T> items, Optional<Cursor> next) {

    public static final int DEFAULT_SIZE = 20;
    public static final int MAX_SIZE = 100;

    /** The last item already seen. Opaque to clients, and stable while new items arrive. */
    public record Cursor(Instant createdAt, String id) {

        public Cursor(Instant createdAt, UUID id) {
            this(createdAt, id.toString());
        }

        public String encode() {
            var text = createdAt.toEpochMilli() + "_" + id;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        public static Cursor decode(String encoded) {
            try {
                var parts = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8).split("_", 2);
                return new Cursor(Instant.ofEpochMilli(Long.parseLong(parts[0])), storable(parts[1]));
            } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
                throw Rejection.invalid("The cursor is not one that this server gave out.");
            }
        }

        private static String storable(String id) {
            if (id.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("no id has control characters");
            }
            return id;
        }
    }
}

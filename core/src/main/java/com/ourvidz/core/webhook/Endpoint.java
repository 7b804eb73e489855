package com.ourvidz.core.webhook;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a user wants to be told.
 *
 * @param description the user's own words; may be empty
 * @param origin where the platform is, as its user reaches it: links in events begin with it
 * @param enabled whether new events are kept for it, and those that wait are sent
 * @param retired the secret before this one, while that still counts
 */
public record Endpoint(
        UUID id,
        String userId,
        String url,
        String description,
        String origin,
        Instant createdAt,
        boolean enabled,
        Secret secret,
        Optional<Retired> retired) {

    /** A secret that was replaced. */
    public record Retired(Secret secret, Instant until) {}

    /** One signature for each secret that counts, with spaces between them, the newest first. */
    String signatures(String id, Instant at, byte[] body) {
        var old = retired.filter(it -> at.isBefore(it.until())).map(Retired::secret);
        return Stream.concat(Stream.of(secret), old.stream())
                .map(each -> each.sign(id, at, body))
                .collect(Collectors.joining(" "));
    }
}

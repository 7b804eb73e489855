package com.ourvidz.core.webhook;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What users do with their endpoints. */
public final class Webhooks {

    /** The most endpoints of a user. */
    public static final int MOST = 10;

    /** The most characters of a description. */
    public static final int LONGEST_DESCRIPTION = 200;

    /** For how long a secret that was replaced still signs. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    private final WebhookStore store;
    private final Receiver receiver;
    private final Sender sender;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public Webhooks(WebhookStore store, Receiver receiver, Sender sender, InstantSource clock) {
        this.store = store;
        this.receiver = receiver;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * Adds an endpoint, with a new secret.
     *
     * @param origin where the platform is, as this user reaches it
     * @throws Rejection {@code INVALID} for a URL that nothing is sent to, {@code CONFLICT} over {@link #MOST}
     */
    public Endpoint register(String userId, String url, String description, String origin) {
        receiver.objection(url).ifPresent(why -> {
            throw Rejection.invalid(why);
        });
        if (description.length() > LONGEST_DESCRIPTION) {
            throw Rejection.invalid("description must have at most " + LONGEST_DESCRIPTION + " characters.");
        }
        var endpoint = new Endpoint(
                UUID.randomUUID(),
                userId,
                url,
                description,
                origin,
                Instant.ofEpochMilli(clock.millis()), // as it is kept
                true,
                Secret.of(random),
                Optional.empty());
        store.add(endpoint, MOST);
        return endpoint;
    }

    public List<Endpoint> list(String userId) {
        return store.list(userId);
    }

    public Endpoint enable(UUID id, String userId, boolean enabled) {
        return store.enable(id, userId, enabled).orElseThrow(Rejection::notFound);
    }

    public void delete(UUID id, String userId) {
        if (!store.remove(id, userId)) {
            throw Rejection.notFound();
        }
    }

    /** The endpoint with a new secret; for {@link #OVERLAP} events are signed with the one before as well. */
    public Endpoint rotate(UUID id, String userId) {
        return store.rotate(id, userId, Secret.of(random), OVERLAP).orElseThrow(Rejection::notFound);
    }

    /** Sends an event of no consequence now, also to an endpoint that is switched off. */
    public Outcome test(UUID id, String userId) {
        return sender.send(find(id, userId), UUID.randomUUID(), Event.test(clock.instant()));
    }

    public Page<Delivery> deliveries(UUID id, String userId, Optional<Page.Cursor> after, int limit) {
        return store.deliveries(find(id, userId).id(), userId, after, limit);
    }

    /** Lets a delivery be tried once more, now. */
    public Delivery retry(UUID deliveryId, UUID id, String userId) {
        if (!find(id, userId).enabled()) {
            throw Rejection.of(Rejection.Reason.CONFLICT, "The endpoint is switched off. Switch it on first.");
        }
        return store.retry(deliveryId, id, userId).orElseThrow(Rejection::notFound);
    }

    private Endpoint find(UUID id, String userId) {
        return store.find(id, userId).orElseThrow(Rejection::notFound);
    }
}

package com.ourvidz.core.webhook;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Endpoints, and the outbox of what they are to be told. The job store writes into the outbox in the transaction that ends a job: one
 * delivery for each endpoint of the job's user that is switched on then. Time is the store's own clock.
 */
public interface WebhookStore {

    /** A delivery that is being tried, and the token that its outcome has to carry. */
    record Claim(Delivery delivery, Endpoint endpoint, String token) {}

    /**
     * Adds an endpoint.
     *
     * @throws Rejection {@code CONFLICT} when the user has as many as are allowed
     */
    void add(Endpoint endpoint, int most);

    /** A user's endpoints, oldest first. */
    List<Endpoint> list(String userId);

    /** The user's endpoint; empty when there is none or it is somebody else's. */
    Optional<Endpoint> find(UUID id, String userId);

    /** Deletes the user's endpoint with its deliveries. Returns whether there was one. */
    boolean remove(UUID id, String userId);

    /** Switches the user's endpoint on or off. What waits for it stays and waits on. */
    Optional<Endpoint> enable(UUID id, String userId, boolean enabled);

    /** Replaces the secret of the user's endpoint; the one before it counts on for the given time. */
    Optional<Endpoint> rotate(UUID id, String userId, Secret secret, Duration overlap);

    /** What an endpoint of the user's was sent or is to be sent, newest first. */
    Page<Delivery> deliveries(UUID endpointId, String userId, Optional<Page.Cursor> after, int limit);

    /** Lets a delivery be tried now, whatever became of it; empty when there is none, or its endpoint is not the user's. */
    Optional<Delivery> retry(UUID id, UUID endpointId, String userId);

    /**
     * Deliveries to try now, those that wait longest first, and of each endpoint one at a time. A claim whose outcome is not noted within the
     * lease is given out again.
     */
    List<Claim> claim(int most, Duration lease);

    /** What came of a claim; returns false, and changes nothing, when it was lost meanwhile. */
    boolean note(Claim claim, Outcome outcome, Verdict verdict);

    /** Forgets deliveries from before this time that are not to be tried any more. */
    void forget(Instant before);
}

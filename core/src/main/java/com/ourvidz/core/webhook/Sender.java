package com.ourvidz.core.webhook;

import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/** Writes an event, signs it and posts it, as Standard Webhooks 1.0 says. */
public final class Sender {

    private final Receiver receiver;
    private final Event.Bodies bodies;
    private final InstantSource clock;

    public Sender(Receiver receiver, Event.Bodies bodies, InstantSource clock) {
        this.receiver = receiver;
        this.bodies = bodies;
        this.clock = clock;
    }

    /** @param id of the message: the same whenever the same is sent again */
    Outcome send(Endpoint endpoint, UUID id, Event event) {
        var body = bodies.json(event, endpoint.origin());
        var now = clock.instant();
        return receiver.post(
                endpoint.url(),
                Map.of(
                        "webhook-id", id.toString(),
                        "webhook-timestamp", Long.toString(now.getEpochSecond()),
                        "webhook-signature", endpoint.signatures(id.toString(), now, body)),
                body);
    }
}

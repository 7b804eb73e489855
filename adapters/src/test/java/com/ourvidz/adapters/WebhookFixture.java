package com.ourvidz.adapters;

import com.ourvidz.core.webhook.Delivery;
import com.ourvidz.core.webhook.Endpoint;
import com.ourvidz.core.webhook.Outcome;
import com.ourvidz.core.webhook.Secret;
import com.ourvidz.core.webhook.WebhookStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The words in which the contracts speak of webhooks. */
public interface WebhookFixture extends StoreFixture {

    Duration LEASE = Duration.ofSeconds(30);
    int MOST = 10;
    Outcome TAKEN = new Outcome(Optional.of(204), "", Optional.empty());

    /** A new endpoint of the user, switched on. */
    default Endpoint endpoint(String user) {
        return endpoint(user, "https://hooks.example/ourvidz");
    }

    default Endpoint endpoint(String user, String url) {
        clock().advance(Duration.ofMillis(1));
        var endpoint = new Endpoint(
                UUID.randomUUID(),
                user,
                url,
                "my own",
                "https://ourvidz.example",
                clock().instant(),
                true,
                Secret.of(new SecureRandom()),
                Optional.empty());
        webhooks().add(endpoint, MOST);
        return endpoint;
    }

    /** All that the endpoint was sent or is to be sent. */
    default List<Delivery> outbox(Endpoint endpoint) {
        return webhooks()
                .deliveries(endpoint.id(), endpoint.userId(), Optional.empty(), 100)
                .items();
    }

    default List<WebhookStore.Claim> claims() {
        return webhooks().claim(100, LEASE);
    }
}

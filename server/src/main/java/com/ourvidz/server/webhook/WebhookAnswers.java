package com.ourvidz.server.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.Page;
import com.ourvidz.core.webhook.Delivery;
import com.ourvidz.core.webhook.Endpoint;
import com.ourvidz.core.webhook.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bodies that answer the routes of webhooks. What is not known is left out. */
final class WebhookAnswers {

    private WebhookAnswers() {}

    /**
     * An endpoint as its user sees it, without the secret.
     *
     * @param oldSecretUntil until when events are signed with the secret before this one as well
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WebhookView(
            UUID id,
            String url,
            String description,
            boolean enabled,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("old_secret_until") @Nullable Instant oldSecretUntil) {

        static WebhookView of(Endpoint endpoint) {
            return new WebhookView(
                    endpoint.id(),
                    endpoint.url(),
                    endpoint.description(),
                    endpoint.enabled(),
                    endpoint.createdAt(),
                    endpoint.retired().map(Endpoint.Retired::until).orElse(null));
        }
    }

    /**
     * Answers what makes a secret.
     *
     * @param secret {@code whsec_…}, shown this once
     */
    record WebhookWithSecret(boolean success, WebhookView webhook, String secret) {

        static WebhookWithSecret of(Endpoint endpoint) {
            return new WebhookWithSecret(
                    true, WebhookView.of(endpoint), endpoint.secret().text());
        }
    }

    record WebhookChanged(boolean success, WebhookView webhook) {}

    /** A user's endpoints, oldest first. */
    record WebhookList(List<WebhookView> webhooks) {}

    record WebhookDeleted(boolean success) {}

    /**
     * What came of a test.
     *
     * @param success whether the endpoint took it
     * @param status of its answer
     * @param answer how its answer begins, or why there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WebhookTested(boolean success, @Nullable Integer status, String answer) {

        static WebhookTested of(Outcome outcome) {
            return new WebhookTested(outcome.delivered(), outcome.status().orElse(null), outcome.answer());
        }
    }

    /**
     * An event on its way.
     *
     * @param id the {@code webhook-id} under which it is sent
     * @param state {@code pending}, {@code delivered} or {@code dead}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeliveryView(
            UUID id,
            String type,
            @JsonProperty("job_id") UUID jobId,
            String state,
            int attempts,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("next_try_at") @Nullable Instant nextTryAt,
            @JsonProperty("last_try_at") @Nullable Instant lastTryAt,
            @JsonProperty("last_status") @Nullable Integer lastStatus,
            @JsonProperty("last_answer") @Nullable String lastAnswer) {

        static DeliveryView of(Delivery delivery) {
            var outcome = delivery.last().map(Delivery.Tried::outcome);
            return new DeliveryView(
                    delivery.id(),
                    delivery.type(),
                    delivery.jobId(),
                    delivery.state().id(),
                    delivery.attempts(),
                    delivery.createdAt(),
                    delivery.nextTry().orElse(null),
                    delivery.last().map(Delivery.Tried::at).orElse(null),
                    outcome.flatMap(Outcome::status).orElse(null),
                    outcome.map(Outcome::answer).orElse(null));
        }
    }

    /** One page of an endpoint's deliveries, newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeliveryList(
            List<DeliveryView> deliveries,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {

        static DeliveryList of(Page<Delivery> page) {
            return new DeliveryList(
                    page.items().stream().map(DeliveryView::of).toList(),
                    page.next().map(Page.Cursor::encode).orElse(null));
        }
    }

    record DeliveryChanged(boolean success, DeliveryView delivery) {}
}

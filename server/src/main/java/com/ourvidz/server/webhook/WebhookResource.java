package com.ourvidz.server.webhook;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.webhook.Webhooks;
import com.ourvidz.server.http.Requests;
import com.ourvidz.server.http.StrictJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What users do with their webhooks. */
@RestController
@RequestMapping("/api/webhooks")
public class WebhookResource {

    private static final int MOST_TESTS = 8;
    private static final int RETRY_AFTER_SECONDS = 15;

    private final Semaphore tests = new Semaphore(MOST_TESTS);
    private final Webhooks webhooks;

    public WebhookResource(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Schema(name = "WebhookRegistration")
    record Registration(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    maxLength = 2048,
                    example = "https://example.com/ourvidz")
            @Nullable
            String url,

            @Schema(maxLength = Webhooks.LONGEST_DESCRIPTION) @Nullable
            String description) {}

    @Schema(name = "WebhookChange")
    record Change(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Boolean enabled) {}

    /** Adds an endpoint; the answer shows its secret, this once. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    WebhookAnswers.WebhookWithSecret register(Principal user, @RequestBody Registration registration) {
        var url = text(registration.url()).orElseThrow(() -> Rejection.invalid("url is required."));
        var description = text(registration.description()).orElse("");
        var origin = ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
        return WebhookAnswers.WebhookWithSecret.of(webhooks.register(user.getName(), url, description, origin));
    }

    @GetMapping
    WebhookAnswers.WebhookList list(Principal user) {
        return new WebhookAnswers.WebhookList(webhooks.list(user.getName()).stream()
                .map(WebhookAnswers.WebhookView::of)
                .toList());
    }

    /** Switches an endpoint on or off. */
    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    WebhookAnswers.WebhookChanged change(Principal user, @PathVariable String id, @RequestBody Change change) {
        var enabled = Optional.ofNullable(change.enabled())
                .orElseThrow(() -> Rejection.invalid("enabled must be true or false."));
        return new WebhookAnswers.WebhookChanged(
                true, WebhookAnswers.WebhookView.of(webhooks.enable(Requests.id(id), user.getName(), enabled)));
    }

    @DeleteMapping("/{id}")
    WebhookAnswers.WebhookDeleted delete(Principal user, @PathVariable String id) {
        webhooks.delete(Requests.id(id), user.getName());
        return new WebhookAnswers.WebhookDeleted(true);
    }

    /** Makes a new secret; for a day events are signed with the old one as well. */
    @PostMapping("/{id}/rotate")
    WebhookAnswers.WebhookWithSecret rotate(Principal user, @PathVariable String id) {
        return WebhookAnswers.WebhookWithSecret.of(webhooks.rotate(Requests.id(id), user.getName()));
    }

    /** Sends a {@code webhook.test} event now and waits for what comes of it; there are only so many at a time. */
    @PostMapping("/{id}/test")
    WebhookAnswers.WebhookTested test(Principal user, @PathVariable String id) {
        if (!tests.tryAcquire()) {
            throw Rejection.of(Rejection.Reason.QUEUE_UNAVAILABLE, "Too many tests at the moment. Try again soon.")
                    .with("retryable", true)
                    .with("retryAfterSeconds", RETRY_AFTER_SECONDS);
        }
        try {
            return WebhookAnswers.WebhookTested.of(webhooks.test(Requests.id(id), user.getName()));
        } finally {
            tests.release();
        }
    }

    @GetMapping("/{id}/deliveries")
    WebhookAnswers.DeliveryList deliveries(
            Principal user,
            @PathVariable String id,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<Integer> limit) {
        return WebhookAnswers.DeliveryList.of(webhooks.deliveries(
                Requests.id(id), user.getName(), cursor.map(Page.Cursor::decode), Requests.limit(limit)));
    }

    /** Lets a delivery be tried once more, now, whatever became of it. */
    @PostMapping("/{id}/deliveries/{delivery}/retry")
    WebhookAnswers.DeliveryChanged retry(Principal user, @PathVariable String id, @PathVariable String delivery) {
        return new WebhookAnswers.DeliveryChanged(
                true,
                WebhookAnswers.DeliveryView.of(webhooks.retry(Requests.id(delivery), Requests.id(id), user.getName())));
    }

    private static Optional<String> text(@Nullable String given) {
        Optional.ofNullable(given).ifPresent(StrictJson::requireStorable);
        return Optional.ofNullable(given).map(String::strip).filter(it -> !it.isEmpty());
    }
}

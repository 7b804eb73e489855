package com.ourvidz.server;

import com.ourvidz.adapters.sql.Database;
import com.ourvidz.adapters.sql.SqlWebhookStore;
import com.ourvidz.adapters.web.WebReceiver;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.webhook.Event;
import com.ourvidz.core.webhook.Outbox;
import com.ourvidz.core.webhook.Receiver;
import com.ourvidz.core.webhook.RetrySchedule;
import com.ourvidz.core.webhook.Sender;
import com.ourvidz.core.webhook.WebhookStore;
import com.ourvidz.core.webhook.Webhooks;
import com.ourvidz.server.asset.AssetLinks;
import com.ourvidz.server.webhook.Deliverer;
import com.ourvidz.server.webhook.EventBodies;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Webhooks, from the outbox to the way out. */
@Configuration(proxyBeanMethods = false)
class WebhookWiring {

    @Bean
    WebhookStore webhookStore(Database database, InstantSource clock) {
        return new SqlWebhookStore(database, clock);
    }

    @Bean(destroyMethod = "close")
    WebReceiver webReceiver(Settings settings) {
        return new WebReceiver(settings.webhookHosts());
    }

    @Bean
    Event.Bodies eventBodies(JsonMapper json, AssetLinks links) {
        return new EventBodies(json, links);
    }

    @Bean
    Sender webhookSender(Receiver receiver, Event.Bodies bodies, InstantSource clock) {
        return new Sender(receiver, bodies, clock);
    }

    @Bean
    Webhooks webhooks(WebhookStore store, Receiver receiver, Sender sender, InstantSource clock) {
        return new Webhooks(store, receiver, sender, clock);
    }

    @Bean
    Outbox outbox(WebhookStore store, JobStore jobs, Sender sender, InstantSource clock) {
        return new Outbox(store, jobs, sender, new RetrySchedule(new SecureRandom()), clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Deliverer deliverer(Outbox outbox, MeterRegistry meters) {
        return new Deliverer(outbox, meters);
    }
}

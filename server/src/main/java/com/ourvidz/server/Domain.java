package com.ourvidz.server;

import com.ourvidz.core.asset.AssetStore;
import com.ourvidz.core.asset.Assets;
import com.ourvidz.core.asset.ObjectStore;
import com.ourvidz.core.asset.SignedLinks;
import com.ourvidz.core.estimate.Estimates;
import com.ourvidz.core.estimate.Workload;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.job.Jobs;
import com.ourvidz.core.job.OrderReader;
import com.ourvidz.core.job.Previews;
import com.ourvidz.core.lease.LeasedPictures;
import com.ourvidz.core.lease.LeasedPrompts;
import com.ourvidz.core.lease.Leases;
import com.ourvidz.core.money.PriceList;
import com.ourvidz.core.reference.Pictures;
import com.ourvidz.core.reference.ReferenceStore;
import com.ourvidz.core.reference.References;
import com.ourvidz.core.reference.RemotePictures;
import com.ourvidz.core.safety.ContentPolicy;
import com.ourvidz.core.safety.WordPolicy;
import com.ourvidz.core.worker.Roster;
import com.ourvidz.core.worker.Signals;
import com.ourvidz.server.asset.AssetLinks;
import com.ourvidz.server.auth.AccessRules;
import com.ourvidz.server.event.JobStreams;
import com.ourvidz.server.file.SignedFiles;
import com.ourvidz.server.lease.LeaseResource;
import com.ourvidz.server.lease.OpenLeases;
import com.ourvidz.server.reference.ReferenceResource;
import com.ourvidz.server.reference.ReferenceUrls;
import com.ourvidz.server.safety.ObservedContentPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases of core, on whichever backend there is. */
@Configuration(proxyBeanMethods = false)
class Domain {

    /** For how long a link to an asset holds, at least. */
    private static final Duration LINK_LIFETIME = Duration.ofHours(24);

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    Jobs jobs(
            JobStore store,
            ReferenceUrls references,
            Signals signals,
            Roster roster,
            Previews previews,
            ContentPolicy policy,
            PriceList prices,
            Settings settings) {
        return new Jobs(
                new OrderReader(prices, new SecureRandom()),
                references,
                policy,
                store,
                signals,
                roster,
                settings.open(),
                new JobStore.Limits(settings.queueLimit(), settings.userQueueLimit()),
                previews);
    }

    @Bean
    PriceList priceList(Settings settings) {
        return settings.accounts().prices();
    }

    @Bean
    Estimates estimates(Workload workload, Roster roster, InstantSource clock) {
        return new Estimates(workload, roster, clock);
    }

    @Bean
    ContentPolicy contentPolicy(Settings settings, Secrets secrets, MeterRegistry meters) {
        return new ObservedContentPolicy(
                new WordPolicy(settings.operation().blockedPhrases()),
                meters,
                secrets.links().getBytes(StandardCharsets.UTF_8));
    }

    @Bean
    Leases leases(
            JobStore jobs,
            AssetStore assets,
            ObjectStore objects,
            Signals signals,
            Roster roster,
            InstantSource clock,
            Previews previews) {
        return new Leases(jobs, assets, objects, signals, roster, clock, previews);
    }

    @Bean(destroyMethod = "close")
    JobStreams jobStreams(JobStore jobs, Signals signals, InstantSource clock, JobStreams.Settings settings) {
        return new JobStreams(jobs, signals, clock, settings);
    }

    @Bean
    OpenLeases openLeases(Leases leases) {
        return new OpenLeases(leases);
    }

    @Bean
    LeaseResource leaseResource(OpenLeases open, Leases leases, Settings settings) {
        return new LeaseResource(
                open, leases, settings.lease(), settings.uploads().limit());
    }

    @Bean
    References references(Pictures pictures, ReferenceStore store, ObjectStore objects, InstantSource clock) {
        return new References(pictures, store, objects, clock);
    }

    @Bean
    ReferenceUrls referenceUrls(References references, RemotePictures remote, SignedFiles files, Settings settings) {
        return new ReferenceUrls(references, remote, files, settings.uploads().requireConsent());
    }

    @Bean
    ReferenceResource referenceResource(References references, ReferenceUrls urls, Settings settings) {
        return new ReferenceResource(references, urls, settings.uploads().limit());
    }

    @Bean
    LeasedPictures leasedPictures(JobStore jobs, References references, RemotePictures remote, Pictures pictures) {
        return new LeasedPictures(jobs, references, remote, pictures);
    }

    @Bean
    LeasedPrompts leasedPrompts(JobStore jobs, ContentPolicy policy) {
        return new LeasedPrompts(jobs, policy);
    }

    @Bean
    Assets assets(AssetStore assets, ObjectStore objects) {
        return new Assets(assets, objects);
    }

    @Bean
    SignedLinks signedLinks(Secrets secrets, InstantSource clock) {
        return new SignedLinks(secrets.links().getBytes(StandardCharsets.UTF_8), LINK_LIFETIME, clock);
    }

    @Bean
    SignedFiles signedFiles(SignedLinks links) {
        return new SignedFiles(links);
    }

    @Bean
    AssetLinks assetLinks(SignedFiles files) {
        return new AssetLinks(files);
    }

    @Bean
    AccessRules.Keys keys(Secrets secrets) {
        return new AccessRules.Keys(secrets.workerKey());
    }
}

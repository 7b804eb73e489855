package com.ourvidz.server;

import com.ourvidz.adapters.files.FileObjectStore;
import com.ourvidz.adapters.image.ImageIoPictures;
import com.ourvidz.adapters.signal.LocalPreviews;
import com.ourvidz.adapters.signal.LocalSignals;
import com.ourvidz.adapters.sql.Database;
import com.ourvidz.adapters.sql.SqlAccountStore;
import com.ourvidz.adapters.sql.SqlAssetStore;
import com.ourvidz.adapters.sql.SqlJobStore;
import com.ourvidz.adapters.sql.SqlLedger;
import com.ourvidz.adapters.sql.SqlReferenceStore;
import com.ourvidz.adapters.sql.SqlRoster;
import com.ourvidz.adapters.sql.SqlWorkload;
import com.ourvidz.adapters.sql.SteadyClock;
import com.ourvidz.adapters.web.WebPictures;
import com.ourvidz.core.account.AccountStore;
import com.ourvidz.core.asset.AssetStore;
import com.ourvidz.core.asset.ObjectStore;
import com.ourvidz.core.estimate.Workload;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.job.Previews;
import com.ourvidz.core.reference.Pictures;
import com.ourvidz.core.reference.ReferenceStore;
import com.ourvidz.core.reference.RemotePictures;
import com.ourvidz.core.worker.Roster;
import com.ourvidz.core.worker.Signals;
import com.ourvidz.server.monitor.ObservedJobStore;
import com.ourvidz.server.monitor.ObservedRemotePictures;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The backend of the embedded mode: SQLite, files and in-JVM signals, all below the data directory. */
@Configuration(proxyBeanMethods = false)
class EmbeddedBackend {

    /** Fails the job whose worker crashes this often. */
    private static final int MAX_CRASHES = 3;

    @Bean(destroyMethod = "close")
    Database database(DataDirectory data) throws IOException {
        return Database.sqlite(data.database());
    }

    @Bean
    SteadyClock leaseClock(InstantSource clock) {
        return new SteadyClock(clock);
    }

    @Bean
    JobStore jobStore(
            Database database, InstantSource clock, SteadyClock leaseClock, Settings settings, MeterRegistry meters) {
        var store = new SqlJobStore(
                database,
                clock,
                leaseClock,
                new SqlJobStore.Settings(
                        settings.lease(), settings.generationLimit(), MAX_CRASHES, settings.credits()));
        return new ObservedJobStore(store, meters, clock);
    }

    @Bean
    AssetStore assetStore(Database database, InstantSource clock, SteadyClock leaseClock) {
        return new SqlAssetStore(database, clock, leaseClock);
    }

    @Bean
    ReferenceStore referenceStore(Database database, InstantSource clock) {
        return new SqlReferenceStore(database, clock);
    }

    @Bean
    Pictures pictures() {
        return new ImageIoPictures();
    }

    @Bean(destroyMethod = "close")
    WebPictures webPictures(Settings settings) {
        return new WebPictures(settings.referenceHosts());
    }

    @Bean
    @Primary
    RemotePictures remotePictures(WebPictures web, MeterRegistry meters) {
        return new ObservedRemotePictures(web, meters);
    }

    @Bean
    Roster roster(Database database, SteadyClock leaseClock, Settings settings) {
        return new SqlRoster(database, leaseClock, settings.lease());
    }

    @Bean
    Workload workload(Database database) {
        return new SqlWorkload(database);
    }

    @Bean
    SqlLedger ledger(Database database) {
        return new SqlLedger(database);
    }

    @Bean
    AccountStore accountStore(Database database, InstantSource clock, Settings settings) {
        return new SqlAccountStore(database, clock, settings.credits());
    }

    @Bean
    ObjectStore objectStore(DataDirectory data) throws IOException {
        return new FileObjectStore(data.objects());
    }

    @Bean
    Previews previews() {
        return new LocalPreviews();
    }

    @Bean
    Signals signals() {
        return new LocalSignals();
    }
}

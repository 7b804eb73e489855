package com.ourvidz.adapters.sql;

import com.ourvidz.adapters.SettableClock;
import com.ourvidz.adapters.StoreFixture;
import com.ourvidz.core.account.AccountStore;
import com.ourvidz.core.asset.AssetStore;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.reference.ReferenceStore;
import com.ourvidz.core.webhook.WebhookStore;
import com.ourvidz.core.worker.Roster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The stores on a new SQLite file for each test. */
class SqliteFixture implements StoreFixture {

    @TempDir
    Path directory;

    Database database;
    private final SettableClock clock = new SettableClock();

    @BeforeEach
    void open() throws IOException {
        database = Database.sqlite(directory.resolve("data/ourvidz.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public JobStore jobs() {
        return new SqlJobStore(database, clock, leaseClock(), SETTINGS);
    }

    @Override
    public AssetStore assets() {
        return new SqlAssetStore(database, clock, leaseClock());
    }

    @Override
    public ReferenceStore references() {
        return new SqlReferenceStore(database, clock);
    }

    @Override
    public WebhookStore webhooks() {
        return new SqlWebhookStore(database, clock);
    }

    @Override
    public AccountStore accounts() {
        return new SqlAccountStore(database, clock, SETTINGS.newUserCredits());
    }

    @Override
    public SqlLedger ledger() {
        return new SqlLedger(database);
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    SteadyClock leaseClock() {
        return new SteadyClock(clock, () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
    }

    Roster roster() {
        return new SqlRoster(database, leaseClock(), SETTINGS.lease());
    }
}

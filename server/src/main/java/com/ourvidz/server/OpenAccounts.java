package com.ourvidz.server;

import com.ourvidz.adapters.sql.Database;
import com.ourvidz.adapters.sql.SqlAccountStore;
import com.ourvidz.core.account.Accounts;
import com.ourvidz.server.auth.BcryptPasswords;
import java.io.IOException;
import java.time.InstantSource;

/**
 * The accounts in a data directory, for this machine's operator: whether or not a platform runs on it, which then goes by what is changed
 * from its next request on. Whoever opens them closes them.
 */
public final class OpenAccounts implements AutoCloseable {

    private final Database database;
    private final Accounts accounts;

    private OpenAccounts(Database database, long newUserCredits) {
        this.database = database;
        this.accounts = new Accounts(
                new SqlAccountStore(database, InstantSource.system(), newUserCredits), new BcryptPasswords());
    }

    /**
     * Opens them, and makes what is missing.
     *
     * @throws SettingsException when the data directory cannot be used
     */
    public static OpenAccounts of(Settings settings) {
        try {
            OwnerOnly.directory(settings.data());
            return new OpenAccounts(Database.sqlite(DataDirectory.database(settings.data())), settings.credits());
        } catch (IOException e) {
            throw SettingsException.of("OURVIDZ_DATA", "cannot be used: " + e + ".");
        }
    }

    public Accounts accounts() {
        return accounts;
    }

    @Override
    public void close() {
        database.close();
    }
}

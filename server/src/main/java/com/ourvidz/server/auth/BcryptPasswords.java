package com.ourvidz.server.auth;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.account.Passwords;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Passwords under bcrypt, a few at a time: a flood of them takes no more than its share of the processors. */
public final class BcryptPasswords implements Passwords {

    /** A quarter of a second on a processor of these years. */
    private static final int COST = 12;

    private static final int AT_THE_SAME_TIME = 2;
    private static final int PATIENCE_SECONDS = 5;

    /** Hashes name their algorithm, so that another one can follow. */
    private final PasswordEncoder encoder =
            new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(COST)));

    /** Of the same cost, and of a password that nobody knows. */
    private static final String NOBODYS_HASH = "{bcrypt}$2a$12$jhBulwVWU9ipzgohPY5eyOW/X73Bqkdr8h1rO2ikpnGNZR4AkhYbu";

    private final Semaphore turns = new Semaphore(AT_THE_SAME_TIME, true);

    @Override
    public String hash(String password) {
        return inTurn(() -> String.valueOf(encoder.encode(password)));
    }

    @Override
    public boolean match(String password, Optional<String> hash) {
        return inTurn(() -> encoder.matches(password, hash.orElse(NOBODYS_HASH))) && hash.isPresent();
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    private static Rejection busy() {
        return Rejection.of(Rejection.Reason.TOO_MANY_REQUESTS, "Too many people are signing in. Try again later.")
                .with("retryable", true)
                .with("retryAfterSeconds", PATIENCE_SECONDS);
    }
}

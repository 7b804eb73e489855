package com.ourvidz.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What continuous integration has time for of {@code bench/run chaos}. It prints what happened, and the seed. */
class ChaosTest {

    private static final int ROUNDS = 200;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void line58HoweverOftenServerAndWorkersAreKilledNothingIsLostAndNothingDoubled(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path data) throws Exception {
        assertThat(Chaos.run(ROUNDS, System.nanoTime(), data)).isEmpty();
    }
}

package com.ourvidz.adapters;

import static com.ourvidz.core.catalog.Queue.SDXL_QUEUE;
import static com.ourvidz.core.catalog.Queue.WAN_QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.worker.Roster;
import com.ourvidz.core.worker.Roster.Worker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a roster of workers promises. */
public interface RosterContract extends StoreFixture {

    Roster testee();

    @Test
    default void aWorkerIsAliveForTwoLeasesAfterItWasHeardOf() {
        testee().seen("w", SDXL_QUEUE, "starter", false);
        var heard = clock().instant();
        clock().advance(SETTINGS.lease().multipliedBy(2).minusMillis(1));

        assertThat(testee().living(SDXL_QUEUE)).containsExactly(new Worker("w", SDXL_QUEUE, "starter", false, heard));
        assertThat(testee().living(WAN_QUEUE)).isEmpty();

        clock().advance(Duration.ofMillis(1));
        assertThat(testee().living(SDXL_QUEUE)).isEmpty();
    }

    @Test
    default void newsOfAWorkerReplacesOldNewsAtOnce() {
        testee().seen("w", SDXL_QUEUE, "starter", false);
        testee().seen("w", WAN_QUEUE, "video", true);

        assertThat(testee().living(SDXL_QUEUE)).isEmpty();
        assertThat(testee().living(WAN_QUEUE))
                .containsExactly(new Worker("w", WAN_QUEUE, "video", true, clock().instant()));
    }

    @Test
    default void anIdleWorkerThatAsksAgainAndAgainStaysAlive() {
        for (var minute = 0; minute < 10; minute++) {
            testee().seen("w", SDXL_QUEUE, "starter", false);
            clock().advance(Duration.ofMinutes(1));
            assertThat(testee().living(SDXL_QUEUE)).hasSize(1);
        }
    }

    @Test
    default void aBusyWorkerStaysAliveByItsHeartbeats() {
        accepted(ANN);
        var fence = claimed("w");
        testee().seen("w", SDXL_QUEUE, "starter", true);
        for (var minute = 0; minute < 5; minute++) {
            clock().advance(SETTINGS.lease().minusMillis(1));
            assertThat(jobs().heartbeat(fence, 1, "denoising")).isTrue();
        }

        assertThat(testee().living(SDXL_QUEUE))
                .containsExactly(new Worker("w", SDXL_QUEUE, "starter", true, clock().instant()));
    }

    @Test
    default void aWorkerThatIsGoneIsStruck() {
        testee().seen("gone", SDXL_QUEUE, "starter", false);
        testee().seen("there", SDXL_QUEUE, "starter", false);

        testee().gone("gone");

        assertThat(testee().living(SDXL_QUEUE)).extracting(Worker::id).containsExactly("there");
    }

    @Test
    default void aSilentWorkerIsKnownForADay() {
        testee().seen("w", SDXL_QUEUE, "starter", false);
        var heard = clock().instant();
        clock().advance(Duration.ofDays(1).minusMillis(1));

        assertThat(testee().living(SDXL_QUEUE)).isEmpty();
        assertThat(testee().known(SDXL_QUEUE)).containsExactly(new Worker("w", SDXL_QUEUE, "starter", false, heard));
        assertThat(testee().known(WAN_QUEUE)).isEmpty();

        clock().advance(Duration.ofMillis(1));
        assertThat(testee().known(SDXL_QUEUE)).isEmpty();
    }
}

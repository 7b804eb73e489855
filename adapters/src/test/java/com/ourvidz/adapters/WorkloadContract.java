package com.ourvidz.adapters;

import static com.ourvidz.core.catalog.JobType.SDXL_IMAGE_FAST;
import static com.ourvidz.core.catalog.JobType.SDXL_IMAGE_HIGH;
import static com.ourvidz.core.catalog.Queue.SDXL_QUEUE;
import static com.ourvidz.core.catalog.Queue.WAN_QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.estimate.Workload;
import com.ourvidz.core.estimate.Workload.Kind;
import com.ourvidz.core.estimate.Workload.Running;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a store says of work done and to be done. */
public interface WorkloadContract extends StoreFixture {

    Workload testee();

    @Test
    default void whatWaitsIsCountedByKind() {
        accepted(ANN, StoreFixture.order(SDXL_IMAGE_FAST, 3, 1));
        accepted(BOB, StoreFixture.order(SDXL_IMAGE_FAST, 1, 1));
        accepted(ANN, StoreFixture.order(SDXL_IMAGE_FAST, 3, 1));
        accepted(ANN, StoreFixture.order(SDXL_IMAGE_HIGH, 1, 1));

        assertThat(testee().waiting(SDXL_QUEUE, 10))
                .isEqualTo(Map.of(
                        new Kind(SDXL_IMAGE_FAST, 3), 2,
                        new Kind(SDXL_IMAGE_FAST, 1), 1,
                        new Kind(SDXL_IMAGE_HIGH, 1), 1));
        assertThat(testee().waiting(SDXL_QUEUE, 2).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(2);
        assertThat(testee().waiting(WAN_QUEUE, 10)).isEmpty();
    }

    @Test
    default void whatRunsSaysHowFarItIs() {
        accepted(ANN, StoreFixture.order(SDXL_IMAGE_FAST, 3, 1));
        assertThat(jobs().heartbeat(claimed(), 40, "denoising")).isTrue();

        assertThat(testee().running(SDXL_QUEUE)).containsExactly(new Running(new Kind(SDXL_IMAGE_FAST, 3), 40));
        assertThat(testee().running(WAN_QUEUE)).isEmpty();
        assertThat(testee().waiting(SDXL_QUEUE, 10)).isEmpty();
    }

    @Test
    default void completedJobsTellHowLongTheirWorkersHadThemNewestFirst() {
        took(Duration.ofSeconds(3));
        took(Duration.ofSeconds(5));
        took(Duration.ofSeconds(4));
        var failed = accepted(ANN);
        clock().advance(Duration.ofSeconds(9));
        jobs().cancel(failed.id(), ANN);

        assertThat(testee().completed(new Kind(SDXL_IMAGE_FAST, 1), 2))
                .containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(5));
        assertThat(testee().completed(new Kind(SDXL_IMAGE_FAST, 3), 2)).isEmpty();
        assertThat(testee().completed(new Kind(SDXL_IMAGE_HIGH, 1), 2)).isEmpty();
    }

    private void took(Duration time) {
        accepted(ANN);
        clock().advance(Duration.ofSeconds(30)); // the wait does not count
        var fence = claimed();
        clock().advance(time);
        assertThat(completed(fence, stagedAll(fence, 1))).isTrue();
    }
}

package com.ourvidz.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.job.JobState.Status;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobStateTest {

    @Test
    void nothingLeavesATerminalState() {
        assertThat(Stream.of(Status.values()).flatMap(status -> status.predecessors().stream()))
                .doesNotContain(Status.COMPLETED, Status.FAILED);
    }

    @Test
    void onlyAWorkerThatHoldsTheJobCompletesIt() {
        assertThat(Status.COMPLETED.predecessors()).containsExactly(Status.PROCESSING);
    }
}

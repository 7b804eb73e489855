package com.ourvidz.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.job.JobState.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a client of all jobs gets, and when it gets an id. */
class UserOutboxTest {

    private final UUID fox = UUID.randomUUID();
    private final UUID lighthouse = UUID.randomUUID();
    private final UserOutbox outbox = new UserOutbox(Instant.ofEpochMilli(1000));

    UserOutboxTest() {
        assertThat(taken()).isEqualTo("retry: 1000\nid: 1000\n\n");
    }

    @Test
    void anIdComesOnlyWithTheLastOfWhatIsToBeTold() {
        outbox.offer(event(fox, 3, 0, "the fox"));
        outbox.offer(event(lighthouse, 3, 0, "the lighthouse"));
        outbox.upTo(Instant.ofEpochMilli(2000));

        assertThat(taken()).isEqualTo("event: queued\ndata: the fox\n\n");
        assertThat(taken()).isEqualTo("id: 2000\nevent: queued\ndata: the lighthouse\n\n");
        assertThat(taken()).isEmpty();
    }

    @Test
    void ofEachJobTheNewestStateAloneIsToldAndNoneTwice() {
        outbox.offer(event(fox, 1, 2, "first"));
        outbox.offer(event(fox, 2, 2, "second"));
        assertThat(taken()).contains("second");
        outbox.offer(event(fox, 2, 2, "second, with another estimate"));
        assertThat(taken()).isEmpty();
    }

    @Test
    void aPlaceThatMovesIsToldUnlessItMovesBackBeforeTheClientLooks() {
        outbox.offer(event(fox, 1, 2, "second in line"));
        taken();
        outbox.offer(event(fox, 1, 1, "first in line"));
        outbox.offer(event(fox, 1, 2, "second in line"));
        assertThat(taken()).isEmpty();
        outbox.offer(event(fox, 1, 1, "first in line"));
        assertThat(taken()).contains("first in line");
    }

    private static JobEvent event(UUID job, long version, int place, String json) {
        return new JobEvent(job, Status.QUEUED, version, new Shown(Optional.of(place), Optional.empty(), json));
    }

    private String taken() {
        return outbox.take()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }
}

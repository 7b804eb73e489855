package com.ourvidz.adapters;

import static com.ourvidz.core.catalog.Queue.SDXL_QUEUE;
import static com.ourvidz.core.catalog.Queue.WAN_QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.Page;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobStore.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a job store promises to those who look. */
public interface ReadContract extends StoreFixture {

    @Test
    default void line11AnotherUsersJobIsNotFoundAndNotListed() {
        var job = accepted(ANN);

        assertThat(jobs().find(job.id(), BOB)).isEmpty();
        assertThat(jobs().find(UUID.randomUUID(), ANN)).isEmpty();
        assertThat(jobs().list(BOB, Optional.empty(), 10).items()).isEmpty();
    }

    @Test
    default void eachVisibleChangeRaisesTheVersionByOne() {
        var job = accepted(ANN);
        assertThat(job.version()).isEqualTo(1);
        var fence = claimed();
        assertThat(found(job).version()).isEqualTo(2);
        jobs().heartbeat(fence, 10, "denoise");
        assertThat(found(job).version()).isEqualTo(3);
        jobs().heartbeat(fence, 10, "decode");
        assertThat(found(job).version()).isEqualTo(4);
        jobs().release(fence);
        assertThat(found(job).version()).isEqualTo(5);
        jobs().cancel(job.id(), ANN);
        assertThat(found(job).version()).isEqualTo(6);
        jobs().cancel(job.id(), ANN);
        assertThat(found(job).version()).isEqualTo(6);
    }

    @Test
    default void aHeartbeatThatChangesNothingVisibleRaisesNothing() {
        var job = accepted(ANN);
        var fence = claimed();
        jobs().heartbeat(fence, 10, "denoise");
        var version = found(job).version();
        jobs().heartbeat(fence, 10, "denoise");
        jobs().heartbeat(fence, 5, "denoise");
        assertThat(found(job).version()).isEqualTo(version);
    }

    @Test
    default void jobsOfSeveralUsersAreReadTogetherWithTheirAssets() {
        var annas = done();
        var bobs = accepted(BOB);
        accepted(BOB);

        assertThat(jobs().findAll(Set.of(annas.id(), bobs.id(), UUID.randomUUID())))
                .containsExactlyInAnyOrder(annas, bobs);
    }

    @Test
    default void theOpenJobsOfUsersAreThoseThatWaitAndRun() {
        done();
        var running = accepted(ANN);
        claimed();
        var annas = accepted(ANN);
        var bobs = accepted(BOB);
        jobs().cancel(accepted(BOB).id(), BOB);
        accepted("carl");

        assertThat(jobs().open(Set.of(ANN, BOB))).containsExactlyInAnyOrder(found(running), annas, bobs);
        assertThat(jobs().open(Set.of("nobody"))).isEmpty();
    }

    @Test
    default void theJobsThatEndedSinceAreToldWithTheirAssets() {
        var early = done();
        clock().advance(Duration.ofSeconds(1));
        var since = clock().instant();
        jobs().cancel(accepted("carl").id(), "carl");
        var cancelled = accepted(BOB);
        jobs().cancel(cancelled.id(), BOB);
        clock().advance(Duration.ofSeconds(1));
        var late = done();
        accepted(ANN);

        assertThat(jobs().ended(Set.of(ANN, BOB), since, 10)).containsExactlyInAnyOrder(found(cancelled), late);
        assertThat(jobs().ended(Set.of(ANN, BOB), since, 1)).containsExactly(late);
        assertThat(jobs().ended(Set.of(ANN), early.createdAt(), 10)).containsExactlyInAnyOrder(early, late);
    }

    @Test
    default void theLineIsTheOrderInWhichJobsAreTaken() {
        accepted(ANN);
        accepted(ANN);
        accepted(BOB);
        var line = jobs().line(SDXL_QUEUE);

        assertThat(line).hasSize(3);
        assertThat(line).allSatisfy(job -> assertThat(jobs().queuePosition(job)).contains(line.indexOf(job) + 1));
        assertThat(claimed().jobId()).isEqualTo(line.getFirst());
        assertThat(jobs().line(SDXL_QUEUE)).isEqualTo(line.subList(1, 3));
        assertThat(jobs().line(WAN_QUEUE)).isEmpty();
    }

    @Test
    default void theListRunsFromNewestToOldestWithTheAssetsOfEach() {
        var oldest = done();
        var middle = done();
        var newest = accepted(ANN);

        assertThat(jobs().list(ANN, Optional.empty(), 10).items()).containsExactly(newest, middle, oldest);
        assertThat(middle.assets()).hasSize(1);
    }

    @Test
    default void pagesStayInPlaceWhileNewJobsArrive() {
        var accepted = Stream.generate(() -> accepted(ANN)).limit(5).toList();

        var first = jobs().list(ANN, Optional.empty(), 2);
        accepted(ANN);
        var second = jobs().list(ANN, first.next(), 2);
        accepted(ANN);
        var third = jobs().list(ANN, second.next(), 2);

        assertThat(first.items()).containsExactly(accepted.get(4), accepted.get(3));
        assertThat(second.items()).containsExactly(accepted.get(2), accepted.get(1));
        assertThat(third.items()).containsExactly(accepted.get(0));
        assertThat(third.next()).isEmpty();
    }

    @Test
    default void jobsOfTheSameMomentAreEachListedOnce() {
        var accepted = Stream.generate(() -> jobs().accept(ANN, StoreFixture.order(1, 1), Optional.empty(), LIMITS))
                .limit(10)
                .map(acceptance -> acceptance.job())
                .toList();

        var listed = new ArrayList<Job>();
        Optional<Page.Cursor> next = Optional.empty();
        do {
            var page = jobs().list(ANN, next, 3);
            listed.addAll(page.items());
            next = page.next().map(Page.Cursor::encode).map(Page.Cursor::decode);
        } while (next.isPresent());

        assertThat(listed).containsExactlyInAnyOrderElementsOf(accepted);
    }

    @Test
    default void thePageThatIsJustFullIsTheLast() {
        accepted(ANN);
        accepted(ANN);

        assertThat(jobs().list(ANN, Optional.empty(), 2).next()).isEmpty();
    }

    @Test
    default void theQueuePositionCountsWaitingJobsOfAllUsersFromOne() {
        var jobs = List.of(accepted(ANN), accepted(BOB), accepted(ANN));
        assertThat(jobs.stream().map(job -> jobs().queuePosition(job.id())))
                .containsExactly(Optional.of(1), Optional.of(2), Optional.of(3));

        claimed();

        assertThat(jobs.stream().map(job -> jobs().queuePosition(job.id())))
                .containsExactly(Optional.empty(), Optional.of(1), Optional.of(2));
    }

    @Test
    default void figuresTellDepthWorkAndTheOldestWait() {
        accepted(ANN);
        accepted(ANN);
        accepted(BOB);
        claimed();
        clock().advance(Duration.ofSeconds(30));

        assertThat(jobs().figures(SDXL_QUEUE)).isEqualTo(new Figures(2, 1, 30));
        assertThat(jobs().figures(WAN_QUEUE)).isEqualTo(new Figures(0, 0, 0));
    }
}

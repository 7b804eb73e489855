package com.ourvidz.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.Page;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobFilter;
import com.ourvidz.core.job.JobOrder;
import com.ourvidz.core.job.JobState.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a job store promises to those who look for some of their jobs. */
public interface ListContract extends StoreFixture {

    @Test
    default void aListIsNarrowedByStatusTypeAndProject() {
        var failed = ordered(JobType.SDXL_IMAGE_FAST, "a fox in snow", "north");
        jobs().cancel(failed.id(), ANN);
        var waiting = ordered(JobType.SDXL_IMAGE_HIGH, "a fox in snow", "north");
        var other = ordered(JobType.SDXL_IMAGE_FAST, "a street market", "south");
        accepted(BOB);

        assertThat(listed(JobFilter.of(Status.FAILED))).containsExactly(failed.id());
        assertThat(listed(JobFilter.of(Status.QUEUED))).containsExactly(other.id(), waiting.id());
        assertThat(listed(filter(Optional.empty(), Optional.of(JobType.SDXL_IMAGE_FAST), Optional.empty())))
                .containsExactly(other.id(), failed.id());
        assertThat(listed(filter(Optional.empty(), Optional.empty(), Optional.of("north"))))
                .containsExactly(waiting.id(), failed.id());
        assertThat(listed(
                        filter(Optional.of(Status.QUEUED), Optional.of(JobType.SDXL_IMAGE_HIGH), Optional.of("north"))))
                .containsExactly(waiting.id());
        assertThat(listed(filter(Optional.of(Status.FAILED), Optional.empty(), Optional.of("south"))))
                .isEmpty();
    }

    @Test
    default void aListIsNarrowedByTheTimeOfCreation() {
        var accepted = IntStream.range(0, 4).mapToObj(each -> accepted(ANN)).toList();
        var second = accepted.get(1).createdAt();
        var fourth = accepted.get(3).createdAt();

        assertThat(listed(between(Optional.of(second), Optional.of(fourth))))
                .containsExactly(accepted.get(2).id(), accepted.get(1).id());
        assertThat(listed(between(Optional.of(fourth), Optional.empty())))
                .containsExactly(accepted.get(3).id());
        assertThat(listed(between(Optional.empty(), Optional.of(second))))
                .containsExactly(accepted.get(0).id());
    }

    @Test
    default void aListIsNarrowedByWhatThePromptHoldsInWhateverCase() {
        var fox = ordered(JobType.SDXL_IMAGE_FAST, "A Fox in 100% SNØ_W", "north");
        ordered(JobType.SDXL_IMAGE_FAST, "a street market", "north");

        for (var text : List.of("fox", "FOX IN", "snø", "100%", "ø_w")) {
            assertThat(listed(holding(text))).as(text).containsExactly(fox.id());
        }
        assertThat(listed(holding("foxes"))).isEmpty();
        assertThat(listed(holding("f%x"))).isEmpty();
    }

    @Test
    default void pagesOfANarrowedListStayInPlaceWhileNewJobsArrive() {
        var foxes = new ArrayList<Job>();
        for (var pair = 0; pair < 5; pair++) {
            foxes.addFirst(ordered(JobType.SDXL_IMAGE_FAST, "a fox in snow", "north"));
            ordered(JobType.SDXL_IMAGE_HIGH, "a street market", "south");
        }
        for (var filter : List.of(
                holding("fox"), filter(Optional.empty(), Optional.of(JobType.SDXL_IMAGE_FAST), Optional.empty()))) {
            var listed = new ArrayList<Job>();
            var page = jobs().list(ANN, filter, Optional.empty(), 2);
            listed.addAll(page.items());
            while (page.next().isPresent()) {
                ordered(JobType.SDXL_IMAGE_HIGH, "a fox", "south");
                page = jobs().list(
                                ANN,
                                filter,
                                page.next().map(Page.Cursor::encode).map(Page.Cursor::decode),
                                2);
                listed.addAll(page.items());
            }
            assertThat(listed).containsExactlyElementsOf(foxes);
        }
    }

    @Test
    default void aNarrowedPageThatIsJustFullIsTheLast() {
        ordered(JobType.SDXL_IMAGE_FAST, "a street market", "south");
        ordered(JobType.SDXL_IMAGE_FAST, "a fox in snow", "north");

        assertThat(jobs().list(ANN, holding("fox"), Optional.empty(), 1).next()).isEmpty();
        assertThat(jobs().list(
                                ANN,
                                filter(Optional.empty(), Optional.empty(), Optional.of("north")),
                                Optional.empty(),
                                1)
                        .next())
                .isEmpty();
    }

    private Job ordered(JobType type, String prompt, String project) {
        return accepted(
                ANN,
                new JobOrder(
                        type,
                        prompt,
                        Optional.empty(),
                        1,
                        7,
                        1,
                        List.of(),
                        Map.of(),
                        new JobOrder.ClientIds(Optional.of(project), Optional.empty(), Optional.empty()),
                        List.of()));
    }

    private List<UUID> listed(JobFilter filter) {
        return jobs().list(ANN, filter, Optional.empty(), 10).items().stream()
                .map(Job::id)
                .toList();
    }

    private static JobFilter filter(Optional<Status> status, Optional<JobType> type, Optional<String> project) {
        return new JobFilter(status, type, project, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static JobFilter between(Optional<Instant> from, Optional<Instant> to) {
        return new JobFilter(Optional.empty(), Optional.empty(), Optional.empty(), from, to, Optional.empty());
    }

    private static JobFilter holding(String text) {
        return new JobFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(text));
    }
}

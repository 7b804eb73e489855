package com.ourvidz.adapters.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.Page;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.job.JobFilter;
import com.ourvidz.core.job.JobState.Status;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That a page costs the same however many jobs there are. */
class JobListTest extends SqliteFixture {

    static Stream<JobFilter> filters() {
        return Stream.of(
                JobFilter.NONE,
                JobFilter.of(Status.FAILED),
                filter(Optional.of(JobType.SDXL_IMAGE_FAST), Optional.empty(), Optional.empty()),
                filter(Optional.empty(), Optional.of("north"), Optional.empty()),
                filter(Optional.empty(), Optional.empty(), Optional.of(Instant.EPOCH)));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void everyFilterFollowsAnIndexInTheOrderOfTheList(JobFilter filter) {
        var cursor = new Page.Cursor(Instant.now(), UUID.randomUUID());
        for (var after :
                Stream.of(Optional.<Page.Cursor>empty(), Optional.of(cursor)).toList()) {
            assertThat(plan(JobList.which(ANN, filter, after)))
                    .contains("USING INDEX jobs_of_user")
                    .doesNotContain("TEMP B-TREE", "SCAN");
        }
    }

    @Test
    void statusTypeAndProjectEachHaveAnIndexOfTheirOwn() {
        assertThat(filters().map(filter -> plan(JobList.which(ANN, filter, Optional.empty()))))
                .satisfiesExactly(
                        all -> assertThat(all).contains("jobs_of_user (user_id=?)"),
                        status -> assertThat(status).contains("(user_id=? AND status=?)"),
                        type -> assertThat(type).contains("(user_id=? AND type=?)"),
                        project -> assertThat(project).contains("(user_id=? AND project_id=?)"),
                        time -> assertThat(time).contains("(user_id=? AND created_at>?)"));
    }

    @Test
    void aSearchLooksAtSoManyJobsAndSaysWhereToGoOn() {
        var sought = accepted(ANN);
        database.transaction(transaction -> {
            IntStream.range(0, JobList.MOST_SEARCHED)
                    .forEach(number -> transaction
                            .sql("""
                                    INSERT INTO jobs (id, user_id, created_at, type, queue, prompt, num_images, seed, price,
                                                      metadata, warnings, status, ended_at)
                                    SELECT :id, user_id, created_at + 1 + :number, type, queue, 'a street market', 1, 7, 1,
                                           '{}', '[]', 'failed', created_at
                                      FROM jobs WHERE id = :sought""")
                            .param("id", UUID.randomUUID().toString())
                            .param("number", number)
                            .param("sought", sought.id().toString())
                            .update());
            return true;
        });
        var lighthouse = new JobFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("lighthouse"));

        var first = jobs().list(ANN, lighthouse, Optional.empty(), 10);
        var second = jobs().list(ANN, lighthouse, first.next(), 10);

        assertThat(first.items()).isEmpty();
        assertThat(first.next()).isPresent();
        assertThat(second.items()).containsExactly(sought);
        assertThat(second.next()).isEmpty();
    }

    private String plan(Condition which) {
        return String.join(
                "\n",
                database.read()
                        .sql("EXPLAIN QUERY PLAN " + JobList.sql(which))
                        .params(which.parameters())
                        .param("rows", 21)
                        .query((row, number) -> row.getString("detail"))
                        .list());
    }

    private static JobFilter filter(Optional<JobType> type, Optional<String> project, Optional<Instant> from) {
        return new JobFilter(Optional.empty(), type, project, from, Optional.empty(), Optional.empty());
    }
}

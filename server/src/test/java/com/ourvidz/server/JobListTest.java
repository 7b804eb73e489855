package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of a user's jobs, narrowed. */
@ExtendWith(TestPlatform.Shared.class)
class JobListTest {

    private final Client user;
    private final Client somebodyElse;

    JobListTest(TestPlatform platform) {
        this.user = platform.newUser();
        this.somebodyElse = platform.newUser();
    }

    @Test
    void eachFilterNarrowsTheListAndTogetherTheyNarrowItMore() {
        var fox = order("sdxl_image_fast", "A fox in snow", "north");
        var market = order("sdxl_image_high", "a street market", "north");
        var cancelled = order("sdxl_image_fast", "a red lighthouse", "south");
        user.delete("/api/jobs/" + cancelled).ok();
        somebodyElse.ordered("a fox in snow");

        assertThat(list("")).containsExactly(cancelled, market, fox);
        assertThat(list("status=queued")).containsExactly(market, fox);
        assertThat(list("status=failed")).containsExactly(cancelled);
        assertThat(list("jobType=sdxl_image_fast")).containsExactly(cancelled, fox);
        assertThat(list("job_type=sdxl_image_fast")).containsExactly(cancelled, fox);
        assertThat(list("projectId=north")).containsExactly(market, fox);
        assertThat(list("text=FOX")).containsExactly(fox);
        assertThat(list("status=queued&jobType=sdxl_image_fast&projectId=north&text=snow"))
                .containsExactly(fox);
        assertThat(list("status=completed")).isEmpty();
    }

    @Test
    void theTimeOfCreationNarrowsTheListFromAMomentToBeforeAnother() {
        var first = order("sdxl_image_fast", "a fox in snow", "north");
        var second = order("sdxl_image_fast", "a fox in snow", "north");
        var created = time(second);

        assertThat(list("from=" + created)).contains(second);
        assertThat(list("to=" + created)).doesNotContain(second);
        assertThat(list("from=2020-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")).containsExactly(second, first);
        assertThat(list("from=2020-01-01T00:00:00%2B02:00&to=2020-01-02T00:00:00Z"))
                .isEmpty();
    }

    @Test
    void aCursorLeadsThroughTheNarrowedListWhileJobsArrive() {
        var foxes = new ArrayList<String>();
        for (var pair = 0; pair < 3; pair++) {
            foxes.addFirst(order("sdxl_image_fast", "a fox in snow", "north"));
            order("sdxl_image_fast", "a street market", "south");
        }
        for (var filter : List.of("text=fox", "projectId=north")) {
            var listed = new ArrayList<String>();
            var next = "";
            do {
                var page = user.get("/api/jobs?limit=1&" + filter + next).ok();
                page.get("jobs").forEach(job -> listed.add(job.get("id").asString()));
                next = page.has("next_cursor")
                        ? "&cursor=" + page.get("next_cursor").asString()
                        : "";
                order("sdxl_image_fast", "a street market", "south");
            } while (!next.isEmpty());
            assertThat(listed).containsExactlyElementsOf(foxes);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=done",
                "status=",
                "status=QUEUED",
                "status=queued&status=failed",
                "jobType=sdxl",
                "jobType=",
                "projectId=..%2Fx",
                "projectId=",
                "from=yesterday",
                "from=2026-01-01",
                "from=2026-01-01T00:00:00",
                "from=%2B999999999-01-01T00:00:00Z",
                "to=",
                "to=0",
                "text=",
                "text=%20%09",
                "limit=0"
            })
    void line16AFilterThatCannotBeReadIs400(String query) {
        user.get("/api/jobs?" + query).error(400);
    }

    @Test
    void line16ATextThatIsTooLongIs400AndAnUnknownTypeNamesTheValidOnes() {
        user.get("/api/jobs?text=" + "a".repeat(200)).ok();
        user.get("/api/jobs?text=" + "a".repeat(201)).error(400);
        assertThat(user.get("/api/jobs?jobType=sdxl").error(400).get("validJobTypes"))
                .hasSize(10);
    }

    @Test
    void line24ATextIsATextWhateverADatabaseMayReadIntoIt() {
        order("sdxl_image_fast", "a fox in snow", "north");
        for (var text : List.of("%", "_", "' OR '1'='1", "\\", "\u0000")) {
            assertThat(list("text=" + URLEncoder.encode(text, StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }

    private String order(String type, String prompt, String project) {
        return user.post("/api/queue-job", """
                        {"jobType": "%s", "projectId": "%s", "metadata": {"prompt": "%s"}}""".formatted(type, project, prompt))
                .ok()
                .at("/job/id")
                .asString();
    }

    private String time(String job) {
        return user.job(job).get("created_at").asString();
    }

    private List<String> list(String query) {
        var ids = new ArrayList<String>();
        user.get("/api/jobs?" + query)
                .ok()
                .get("jobs")
                .forEach(job -> ids.add(job.get("id").asString()));
        return ids;
    }
}

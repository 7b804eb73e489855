package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The events of all jobs of a user, as a client sees them. */
@ExtendWith(TestPlatform.Shared.class)
@Timeout(60)
class UserEventsTest {

    private final TestPlatform platform;
    private final Client user;
    private final TestWorker worker;

    UserEventsTest(TestPlatform platform) {
        this.platform = platform;
        this.user = platform.newUser();
        this.worker = platform.newWorker();
    }

    @Test
    void eachOpenJobIsToldFirstAndThenEachChangeOfEach() {
        var jobs = Set.of(user.ordered("a lighthouse in fog"), user.ordered("a fox in snow"));
        try (var events = EventReader.ofAll(user)) {
            assertThat(events.header("Content-Type")).startsWith("text/event-stream");
            assertThat(events.header("Cache-Control")).isEqualTo("no-store");
            var told = List.of(events.next(), events.next());
            assertThat(told).extracting(EventReader.Event::name).containsOnly("queued");
            assertThat(told)
                    .extracting(event -> event.data().get("id").asString())
                    .containsExactlyInAnyOrderElementsOf(jobs);
            assertThat(told)
                    .allSatisfy(event -> assertThat(event.data())
                            .isEqualTo(user.job(event.data().get("id").asString())));

            for (var job : jobs) {
                var held = worker.lease(job);
                assertThat(events.next(job, "processing").progress()).isEqualTo(0);
                for (var progress : List.of(10, 40)) {
                    worker.heartbeat(held, progress).ok();
                    var event = events.next(job, "processing");
                    assertThat(event.progress()).isEqualTo(progress);
                    assertThat(event.data().get("stage").asString()).isEqualTo("denoise");
                }
                worker.complete(held, List.of(worker.uploaded(held, 0))).ok();
                assertThat(events.next(job, "completed").data().at("/assets/0").asString())
                        .startsWith(platform.platform().url() + "/files/");
            }
        }
    }

    @Test
    void aJobThatIsOrderedLaterAppearsAndSoDoesItsEnd() {
        try (var events = EventReader.ofAll(user)) {
            var job = user.ordered("a lighthouse in fog");
            assertThat(events.next(job, "queued").data().get("queue_position").asInt())
                    .isPositive();
            user.delete("/api/jobs/" + job).ok();
            assertThat(events.next(job, "failed")
                            .data()
                            .at("/metadata/cancelled")
                            .asBoolean())
                    .isTrue();
            var another = user.ordered("a fox in snow");
            worker.fail(worker.lease(another), "no more paint").ok();
            assertThat(events.next(another, "failed")
                            .data()
                            .get("error_message")
                            .asString())
                    .isEqualTo("no more paint");
        }
    }

    @Test
    void aPreviewIsToldThoughTheJobItselfHasNotChanged() {
        var job = user.ordered("a lighthouse in fog");
        var held = worker.lease(job);
        worker.heartbeat(held, 20).ok();
        try (var events = EventReader.ofAll(user)) {
            assertThat(events.next(job, "processing").data().has("preview")).isFalse();
            worker.preview(held, Base64.getEncoder().encodeToString(TestWorker.picture("jpg")))
                    .ok();
            assertThat(events.next(job, "processing").data().get("preview").asString())
                    .isEqualTo("/api/jobs/" + job + "/preview");
        }
        worker.fail(held, "no more paint").ok();
    }

    @Test
    void whoComesBackIsToldWhatIsOpenAndWhatHasEndedSince() {
        var running = user.ordered("a lighthouse in fog");
        long last;
        try (var events = EventReader.ofAll(user)) {
            last = events.next(running, "queued").number();
        }
        worker.does(running);
        var cancelled = user.ordered("a fox in snow");
        user.delete("/api/jobs/" + cancelled).ok();
        var open = user.ordered("a street market");

        assertThat(toldOnReturn(last, open)).contains(running + " completed", cancelled + " failed", open + " queued");
        user.delete("/api/jobs/" + open).ok();
    }

    @Test
    void whatEndedBeforeIsNotToldAgain() throws SQLException {
        var early = user.ordered("a lighthouse in fog");
        user.delete("/api/jobs/" + early).ok();
        endedAnHourEarlier(early);
        var ended = Instant.parse(user.job(early).get("completed_at").asString());
        var open = user.ordered("a street market");

        assertThat(toldOnReturn(ended.toEpochMilli(), open)).contains(early + " failed");
        assertThat(toldOnReturn(ended.toEpochMilli() + 1, open)).containsExactly(open + " queued");
        user.delete("/api/jobs/" + open).ok();
    }

    @Test
    void whoWasAwayForTooMuchOrComesFromElsewhereIsToldToAskForTheJobs() {
        for (var number = 0; number < 101; number++) {
            user.delete("/api/jobs/" + user.ordered("a lighthouse in fog")).ok();
        }
        var open = user.ordered("a street market");
        var future = Instant.now().plus(Duration.ofHours(1)).toEpochMilli();

        for (var id : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, future}) {
            assertThat(toldOnReturn(id, open)).as("after %d", id).contains(" reload", open + " queued");
        }
        user.delete("/api/jobs/" + open).ok();
    }

    @Test
    void line11StrangersAndOtherUsersSeeNothing() {
        platform.stranger().get(EventReader.ALL).error(401);
        var other = platform.newUser();
        var waiting = user.ordered("an unmistakable marmalade lighthouse");
        try (var events = EventReader.ofAll(other, 0)) {
            user.ordered("another marmalade lighthouse");
            worker.does(waiting);
            var own = other.ordered("a fox in snow");
            worker.does(own);
            var shown = new StringBuilder();
            while (shown.indexOf("event: completed") < 0) {
                shown.append(events.line().orElseThrow());
            }
            assertThat(shown).contains("a fox in snow").doesNotContain("marmalade");
        }
    }

    @Test
    void anIdThatIsNoneIs400AndHeadOpensNoStream() {
        user.call("GET", EventReader.ALL, request -> request.header("Last-Event-ID", "latest"))
                .error(400);
        var answer = user.call("HEAD", EventReader.ALL, request -> request);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
    }

    @Test
    void theDescriptionSaysThatItIsAStream() {
        var operation = platform.stranger().get("/openapi.json").ok().at("/paths/~1api~1events/get");
        assertThat(operation
                        .at("/responses/200/content/text~1event-stream/schema/$ref")
                        .asString())
                .endsWith("/JobView");
        assertThat(operation.at("/responses/200/description").asString()).contains("reload");
    }

    private void endedAnHourEarlier(String job) throws SQLException {
        try (var database = DriverManager.getConnection(
                        "jdbc:sqlite:" + platform.data().resolve("ourvidz.db"));
                var statement =
                        database.prepareStatement("UPDATE jobs SET ended_at = ended_at - 3600000 WHERE id = ?")) {
            statement.setString(1, job);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    /** What is told to who comes back, until the end of one more job: each as its id and name. */
    private Set<String> toldOnReturn(long lastEventId, String open) {
        var told = new ArrayList<EventReader.Event>();
        try (var events = EventReader.ofAll(user, lastEventId)) {
            do {
                told.add(events.next());
            } while (!told.getLast().isOf(open));
            var marker = user.ordered("a last fox");
            user.delete("/api/jobs/" + marker).ok();
            do {
                told.add(events.next());
            } while (!told.getLast().isOf(marker) || told.getLast().name().equals("queued"));
            told.removeIf(event -> event.isOf(marker));
        }
        var names = new HashSet<String>();
        told.forEach(event -> names.add(event.data().path("id").asString("") + " " + event.name()));
        return names;
    }
}

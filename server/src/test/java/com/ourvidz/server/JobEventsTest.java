package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The events of a job, as a client sees them. */
@ExtendWith(TestPlatform.Shared.class)
@Timeout(60)
class JobEventsTest {

    private static final String NOBODYS = "00000000-0000-0000-0000-000000000000";

    private final TestPlatform platform;
    private final Client user;
    private final TestWorker worker;

    JobEventsTest(TestPlatform platform) {
        this.platform = platform;
        this.user = platform.newUser();
        this.worker = platform.newWorker();
    }

    @Test
    void eachChangeIsToldInOrderAndTheStreamEndsWithTheJob() {
        var job = user.ordered("a lighthouse in fog");
        try (var events = new EventReader(user, job)) {
            assertThat(events.header("Content-Type")).startsWith("text/event-stream");
            assertThat(events.header("Cache-Control")).isEqualTo("no-store");
            var told = new ArrayList<EventReader.Event>();
            told.add(events.change());
            assertThat(told.getLast().data()).isEqualTo(user.job(job));

            var held = worker.lease(job);
            told.add(events.change());
            for (var progress : List.of(10, 40)) {
                worker.heartbeat(held, progress).ok();
                told.add(events.change());
                assertThat(told.getLast().data()).isEqualTo(user.job(job));
            }
            worker.complete(held, List.of(worker.uploaded(held, 0))).ok();
            told.add(events.change());
            events.assertEnds();

            assertThat(told)
                    .extracting(EventReader.Event::name)
                    .containsExactly("queued", "processing", "processing", "processing", "completed");
            assertThat(told).extracting(EventReader.Event::number).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(told).extracting(EventReader.Event::progress).containsExactly(0, 0, 10, 40, 100);
            assertThat(told.getLast().data().at("/assets/0").asString())
                    .startsWith(platform.platform().url() + "/files/");
        }
    }

    @Test
    void whoComesBackGetsTheNewestStateOnceAndThenEachChange() {
        var job = user.ordered("a lighthouse in fog");
        var held = worker.lease(job);
        worker.heartbeat(held, 10).ok();
        var seen = firstOf(job).number();
        worker.heartbeat(held, 20).ok();
        worker.heartbeat(held, 30).ok();

        try (var events = new EventReader(user, job, seen)) {
            var missed = events.change();
            assertThat(missed.progress()).isEqualTo(30);
            assertThat(missed.number()).isEqualTo(seen + 2);
            seen = missed.number();
        }
        try (var events = new EventReader(user, job, seen)) {
            worker.heartbeat(held, 30).ok(); // changes nothing
            worker.heartbeat(held, 40).ok();
            assertThat(events.change().number()).isEqualTo(seen + 1);
            worker.fail(held, "no more paint").ok();
            var last = events.change();
            assertThat(last.name()).isEqualTo("failed");
            assertThat(last.data().get("error_message").asString()).isEqualTo("no more paint");
            events.assertEnds();
        }
    }

    @Test
    void anEndedJobTellsItsEndToWhoHasNotSeenItAndSendsTheOthersAway() {
        var job = user.ordered("a lighthouse in fog");
        user.delete("/api/jobs/" + job).ok();
        long last;
        try (var events = new EventReader(user, job, 1)) {
            var end = events.change();
            assertThat(end.name()).isEqualTo("failed");
            assertThat(end.data().at("/metadata/cancelled").asBoolean()).isTrue();
            events.assertEnds();
            last = end.number();
        }
        var again = user.call(
                "GET", EventReader.path(job), request -> request.header("Last-Event-ID", Long.toString(last)));
        assertThat(again.status()).isEqualTo(204); // upon which browsers stop
        assertThat(again.bytes()).isEmpty();
    }

    @Test
    void aJobThatIsGivenBackIsQueuedAgain() {
        var job = user.ordered("a lighthouse in fog");
        var held = worker.lease(job);
        try (var events = new EventReader(user, job)) {
            var before = events.change();
            worker.release(held).ok();
            var after = events.change();
            assertThat(after.name()).isEqualTo("queued");
            assertThat(after.number()).isEqualTo(before.number() + 1);
        }
        user.delete("/api/jobs/" + job).ok();
    }

    @Test
    void anIdFromElsewhereCountsAsNone() {
        var job = user.ordered("a lighthouse in fog");
        try (var events = new EventReader(user, job, 1_000_000)) {
            assertThat(events.change().number()).isEqualTo(1);
        }
        user.call("GET", EventReader.path(job), request -> request.header("Last-Event-ID", "latest"))
                .error(400);
        user.delete("/api/jobs/" + job).ok();
    }

    @Test
    void aBrowserIsKnownByItsCookie() {
        var name = TestPlatform.newName();
        var job = platform.user(name).ordered("a lighthouse in fog");
        var cookie = "ourvidz_session=" + platform.platform().token(name);
        try (var events = new EventReader(platform.stranger(), job, request -> request.header("Cookie", cookie))) {
            assertThat(events.change().name()).isEqualTo("queued");
        }
        platform.user(name).delete("/api/jobs/" + job).ok();
    }

    @Test
    void headOpensNoStream() {
        var job = user.ordered("a lighthouse in fog");
        var answer = user.call("HEAD", EventReader.path(job), request -> request);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        user.delete("/api/jobs/" + job).ok();
    }

    @Test
    void line11AnothersStreamIs404LikeOneThatIsNotThere() {
        var job = user.ordered("a lighthouse in fog");
        var other = platform.newUser();
        var refused =
                other.call("GET", EventReader.path(job), request -> request.header("Accept", "text/event-stream"));
        assertThat(refused.error(404))
                .isEqualTo(other.get(EventReader.path(NOBODYS)).error(404))
                .isEqualTo(other.get(EventReader.path("1")).error(404));
        platform.stranger().get(EventReader.path(job)).error(401);
        user.delete("/api/jobs/" + job).ok();
    }

    @Test
    void line14EventStreamsShowNobodyElsesPrompts() {
        var anna = platform.newUser();
        var annas = anna.ordered("an unmistakable marmalade lighthouse");
        var berts = user.ordered("a fox in snow");
        assertThat(user.get(EventReader.path(annas)).text()).doesNotContain("marmalade");
        try (var events = new EventReader(user, berts)) {
            var shown = new StringBuilder();
            worker.does(annas);
            anna.ordered("another marmalade lighthouse");
            worker.does(berts);
            for (var line = events.line(); line.isPresent(); line = events.line()) {
                shown.append(line.get());
            }
            assertThat(shown).contains("a fox in snow", "event: completed").doesNotContain("marmalade");
        }
    }

    @Test
    void theDescriptionSaysThatItIsAStream() {
        var answers =
                platform.stranger().get("/openapi.json").ok().at("/paths/~1api~1jobs~1{id}~1events/get/responses");
        assertThat(answers.at("/200/content/text~1event-stream/schema/$ref").asString())
                .endsWith("/JobView");
        assertThat(answers.has("204")).isTrue();
        assertThat(answers.at("/default/content/application~1json").isMissingNode())
                .isFalse();
    }

    private EventReader.Event firstOf(String job) {
        try (var events = new EventReader(user, job)) {
            return events.change();
        }
    }
}

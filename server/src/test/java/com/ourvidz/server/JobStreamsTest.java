package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.adapters.sql.Database;
import com.ourvidz.adapters.sql.SqlJobStore;
import com.ourvidz.adapters.sql.SteadyClock;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.job.JobOrder;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.server.event.JobStreams;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What many, slow and dead clients cost. */
@Timeout(120)
class JobStreamsTest {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final int PER_USER = 20;

    private static TestPlatform platform;

    private final String name = TestPlatform.newName();
    private Client user;

    @BeforeAll
    static void start() {
        platform = new TestPlatform(new JobStreams.Settings(SOON, SOON, NEVER, PER_USER, 1000));
    }

    @BeforeEach
    void arrive() {
        user = platform.user(name);
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
    }

    @Test
    void twoHundredOpenStreamsTakeNoThreadEach(@TempDir Path folder) throws IOException {
        var threads = new Threads(folder);
        for (var path : List.<UnaryOperator<String>>of(EventReader::path, job -> EventReader.ALL)) {
            var streams = new ArrayList<RawStream>();
            assertThat(threads.takenBy(() -> open(streams, 200, path))).isLessThan(20);
            assertThat(streams).hasSize(200);
            close(streams);
        }
        assertThat(threads.takenBy(JobStreamsTest::fiftyParkedThreads)).isGreaterThan(40);
    }

    @Test
    void aClientThatNeverReadsDelaysNobodyAndIsToldTheNewestLater() throws IOException {
        var job = user.ordered("ツ".repeat(4000)); // 12 KB an event
        var worker = platform.newWorker();
        var held = worker.lease(job);
        try (var idle = open(name, job);
                var events = new EventReader(user, job)) {
            var rounds = 350; // 4 MB, beyond what the connection's buffers take
            for (var round = 0; round < rounds; round++) {
                var stage = "step " + round;
                worker.heartbeat(held, 1, stage).ok();
                while (!events.next().data().path("stage").asString().equals(stage)) {
                    // the state before the first heartbeat
                }
            }
            worker.fail(held, "no more paint").ok();
            assertThat(events.next().name()).isEqualTo("failed");

            var told = idle.readUntil("event: failed")
                    .lines()
                    .filter(line -> line.startsWith("id: "))
                    .map(line -> Long.valueOf(line.substring(4)))
                    .toList();
            assertThat(told).isSorted().doesNotHaveDuplicates().hasSizeLessThan(rounds);
        }
    }

    @Test
    void aLostSignalIsMadeUpForByLookingAgain() throws IOException {
        var job = user.ordered("a lighthouse in fog");
        try (var events = new EventReader(user, job)) {
            assertThat(events.next().name()).isEqualTo("queued");
            cancelFromOutside(job);
            assertThat(events.next().name()).isEqualTo("failed");
            events.assertEnds();
        }
    }

    @Test
    void aLostSignalIsMadeUpForInAStreamOfAllJobsToo() throws IOException {
        var job = user.ordered("a lighthouse in fog");
        try (var events = EventReader.ofAll(user)) {
            events.next(job, "queued");
            cancelFromOutside(job);
            events.next(job, "failed");
            var another = orderedAndCancelledFromOutside();
            events.next(another, "failed");
        }
    }

    @Test
    void eachWaitingJobsPlaceIsToldAsItMovesAndNothingIsToldTwice() {
        var jobs = List.of(user.ordered("a fox"), user.ordered("a lighthouse"), user.ordered("a street market"));
        try (var events = EventReader.ofAll(user)) {
            var places = new HashMap<String, Integer>();
            while (places.size() < jobs.size()) {
                var event = events.next();
                places.put(event.data().get("id").asString(), place(event));
            }
            assertThat(new TreeSet<>(places.values())).hasSize(3);
            user.delete("/api/jobs/" + jobs.getFirst()).ok();
            events.next(jobs.getFirst(), "failed");
            var moved = new ArrayList<>(List.of(events.next()));
            moved.add(events.next());
            assertThat(moved)
                    .allSatisfy(event -> assertThat(place(event))
                            .isEqualTo(
                                    places.getOrDefault(event.data().get("id").asString(), 0) - 1));
            for (var line = ""; !line.equals(":"); line = events.line().orElseThrow()) {
                assertThat(line).isEmpty(); // up to the next comment, and so past a look at all jobs
            }
            user.delete("/api/jobs/" + jobs.get(1)).ok();
            user.delete("/api/jobs/" + jobs.get(2)).ok();
        }
    }

    @Test
    void thePlaceInTheQueueMovesWithoutBeingAChangeOfTheJob() {
        var first = user.ordered("a fox in snow");
        var second = user.ordered("a lighthouse in fog");
        try (var events = new EventReader(user, second)) {
            var place = place(events.next());
            user.delete("/api/jobs/" + first).ok();
            var moved = events.next();
            assertThat(moved.name()).isEqualTo("queued");
            assertThat(place(moved)).isEqualTo(place - 1);
            assertThat(moved.id()).isEmpty();
            user.delete("/api/jobs/" + second).ok();
            assertThat(events.next().number()).isEqualTo(2);
        }
    }

    @Test
    void aSilentStreamIsKeptAliveByComments() {
        try (var events = new EventReader(user, user.ordered("a lighthouse in fog"))) {
            events.next();
            assertThat(events.line()).contains(":");
            assertThat(events.line()).contains("");
            assertThat(events.line()).contains(":");
        }
    }

    @Test
    void aUserHasSoManyStreamsAndClientsThatAreGoneMakeRoom() throws IOException {
        var job = user.ordered("a lighthouse in fog");
        var streams = new ArrayList<RawStream>();
        while (streams.size() < PER_USER) {
            streams.add(open(name, job));
            streams.getLast().readUntil("event: queued");
        }
        user.get(EventReader.ALL).error(429);
        var refused = user.get(EventReader.path(job));
        refused.error(429);
        assertThat(refused.header("Retry-After")).matches("\\d+");
        close(streams);
        var status = 429;
        while (status == 429) { // until the next comment finds it gone
            status = statusOfStream(job);
        }
        assertThat(status).isEqualTo(200);
    }

    @Test
    void moreStreamsThanThePlatformTakesAre503() throws IOException {
        try (var small = new TestPlatform(new JobStreams.Settings(NEVER, NEVER, NEVER, 1, 1))) {
            var anna = small.newUser();
            var bert = small.newUser();
            try (var events = new EventReader(anna, anna.ordered("a lighthouse in fog"))) {
                assertThat(events.next().name()).isEqualTo("queued");
                var refused = bert.get(EventReader.path(bert.ordered("a fox in snow")));
                assertThat(refused.error(503).get("retryable").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void aStreamEndsAfterAWhileForItsClientToComeBack() throws IOException {
        try (var brief = new TestPlatform(new JobStreams.Settings(NEVER, SOON, Duration.ofMillis(1), 20, 1000))) {
            var anna = brief.newUser();
            try (var events = new EventReader(anna, anna.ordered("a lighthouse in fog"))) {
                while (events.line().isPresent()) {
                    // what it says until then
                }
            }
        }
    }

    @Test
    void stoppingEndsAllStreamsAtOnce() throws IOException {
        var stopping = new TestPlatform(JobStreams.Settings.USUAL);
        var anna = stopping.newUser();
        try (var events = new EventReader(anna, anna.ordered("a lighthouse in fog"))) {
            events.next();
            var start = System.nanoTime();
            stopping.close();
            events.assertEnds();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
    }

    private static int place(EventReader.Event event) {
        return event.data().get("queue_position").asInt();
    }

    private static RawStream open(String user, String job) throws IOException {
        return openPath(user, EventReader.path(job));
    }

    private static RawStream openPath(String user, String path) throws IOException {
        return new RawStream(platform.platform().url(), platform.platform().token(user), path);
    }

    /** Opens streams that have all begun, for as many users as it takes. */
    private static void open(List<RawStream> streams, int count, UnaryOperator<String> path) throws IOException {
        while (streams.size() < count) {
            var owner = TestPlatform.newName();
            var job = platform.user(owner).ordered("a lighthouse in fog");
            for (var stream = 0; stream < PER_USER; stream++) {
                streams.add(openPath(owner, path.apply(job)));
            }
        }
        for (var stream : streams) {
            stream.readUntil("event: queued");
        }
    }

    private static void close(List<RawStream> streams) throws IOException {
        for (var stream : streams) {
            stream.close();
        }
    }

    private static void fiftyParkedThreads() {
        for (var number = 0; number < 50; number++) {
            Thread.startVirtualThread(
                    () -> LockSupport.parkNanos(Duration.ofSeconds(20).toNanos()));
        }
    }

    private int statusOfStream(String job) throws IOException {
        var answer = user.send(EventReader.path(job), request -> request, BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    private void cancelFromOutside(String job) throws IOException {
        var cancelled = fromOutside(store -> store.cancel(UUID.fromString(job), name));
        assertThat(cancelled).isPresent();
    }

    private String orderedAndCancelledFromOutside() throws IOException {
        var limits = new JobStore.Limits(1000, 1000);
        return fromOutside(store -> {
            var job =
                    store.accept(name, order(), Optional.empty(), limits).job().id();
            store.cancel(job, name);
            return job.toString();
        });
    }

    private static JobOrder order() {
        return new JobOrder(
                JobType.SDXL_IMAGE_FAST,
                "a fox in snow",
                Optional.empty(),
                1,
                7,
                1,
                List.of(),
                Map.of(),
                new JobOrder.ClientIds(Optional.empty(), Optional.empty(), Optional.empty()),
                List.of());
    }

    /** As another server does on the same database: nobody here hears of it. */
    private static <T> T fromOutside(Function<JobStore, T> work) throws IOException {
        try (var database = Database.sqlite(platform.data().resolve("ourvidz.db"))) {
            var settings = new SqlJobStore.Settings(Duration.ofMinutes(1), Duration.ofMinutes(15), 3, 1000);
            return work.apply(new SqlJobStore(
                    database, InstantSource.system(), new SteadyClock(InstantSource.system()), settings));
        }
    }
}

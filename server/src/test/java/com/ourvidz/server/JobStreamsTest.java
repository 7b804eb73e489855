package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.adapters.sql.Database;
import com.ourvidz.adapters.sql.SqlJobStore;
import com.ourvidz.server.event.JobStreams;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What many, slow and dead clients cost; each on a platform of its own. */
@Timeout(120)
class JobStreamsTest {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration NEVER = Duration.ofDays(1);

    @Test
    void twoHundredOpenStreamsTakeNoThreadEach(@TempDir Path folder) throws IOException {
        assertThat(aParkedVirtualThreadIsCounted(folder)).isTrue();
        try (var platform = new TestPlatform(JobStreams.Settings.USUAL)) {
            var streams = new ArrayList<RawStream>();
            var before = threads(folder);
            for (var user = 0; user < 10; user++) {
                var token = platform.platform().token("user-" + user);
                var job = platform.withToken(token).ordered("a lighthouse in fog");
                for (var stream = 0; stream < JobStreams.Settings.USUAL.perUser(); stream++) {
                    streams.add(new RawStream(platform.platform().url(), token, job));
                }
            }
            for (var stream : streams) {
                stream.readUntil("event: queued");
            }
            assertThat(streams).hasSize(200);
            assertThat(threads(folder) - before).isLessThan(20);
            for (var stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    void aClientThatNeverReadsDelaysNobodyAndIsToldTheNewestLater() throws IOException {
        var settings = new JobStreams.Settings(NEVER, NEVER, NEVER, 20, 1000);
        try (var platform = new TestPlatform(settings)) {
            var token = platform.platform().token("anna");
            var user = platform.withToken(token);
            var job = user.ordered("ツ".repeat(4000)); // 12 KB an event
            var worker = platform.newWorker();
            var held = worker.lease(job);
            try (var idle = new RawStream(platform.platform().url(), token, job);
                    var events = new EventReader(user, job)) {
                var rounds = 700; // far beyond what the connection's buffers take
                for (var round = 0; round < rounds; round++) {
                    worker.heartbeat(held, 1, "step " + round).ok();
                    var stage = "step " + round;
                    while (!events.next().data().path("stage").asString().equals(stage)) {
                        // the state before the first heartbeat
                    }
                }
                worker.fail(held, "no more paint").ok();
                assertThat(events.next().name()).isEqualTo("failed");

                var late = idle.readUntil("event: failed");
                var told = late.lines()
                        .filter(line -> line.startsWith("id: "))
                        .map(line -> Long.valueOf(line.substring(4)))
                        .toList();
                assertThat(told).isSorted().doesNotHaveDuplicates().hasSizeLessThan(rounds);
            }
        }
    }

    @Test
    void aLostSignalIsMadeUpForByLookingAgain() throws IOException {
        var settings = new JobStreams.Settings(SOON, NEVER, NEVER, 20, 1000);
        try (var platform = new TestPlatform(settings)) {
            var user = platform.user("anna");
            var job = user.ordered("a lighthouse in fog");
            try (var events = new EventReader(user, job)) {
                assertThat(events.next().name()).isEqualTo("queued");
                cancelFromOutside(platform, job, "anna");
                assertThat(events.next().name()).isEqualTo("failed");
                events.assertEnds();
            }
        }
    }

    @Test
    void thePlaceInTheQueueMovesWithoutBeingAChangeOfTheJob() throws IOException {
        var settings = new JobStreams.Settings(SOON, NEVER, NEVER, 20, 1000);
        try (var platform = new TestPlatform(settings)) {
            var user = platform.newUser();
            var first = user.ordered("a fox in snow");
            var second = user.ordered("a lighthouse in fog");
            try (var events = new EventReader(user, second)) {
                assertThat(events.next().data().get("queue_position").asInt()).isEqualTo(2);
                user.delete("/api/jobs/" + first).ok();
                var moved = events.next();
                assertThat(moved.name()).isEqualTo("queued");
                assertThat(moved.data().get("queue_position").asInt()).isEqualTo(1);
                assertThat(moved.id()).isEmpty();
                user.delete("/api/jobs/" + second).ok();
                assertThat(events.next().number()).isEqualTo(2);
            }
        }
    }

    @Test
    void aSilentStreamIsKeptAliveByComments() throws IOException {
        var settings = new JobStreams.Settings(NEVER, SOON, NEVER, 20, 1000);
        try (var platform = new TestPlatform(settings)) {
            var user = platform.newUser();
            try (var events = new EventReader(user, user.ordered("a lighthouse in fog"))) {
                assertThat(events.next().name()).isEqualTo("queued");
                assertThat(events.line()).contains(":");
                assertThat(events.line()).contains("");
                assertThat(events.line()).contains(":");
            }
        }
    }

    @Test
    void aClientThatIsGoneMakesRoomForAnother() throws IOException {
        var settings = new JobStreams.Settings(NEVER, SOON, NEVER, 1, 1000);
        try (var platform = new TestPlatform(settings)) {
            var token = platform.platform().token("anna");
            var user = platform.withToken(token);
            var job = user.ordered("a lighthouse in fog");
            try (var stream = new RawStream(platform.platform().url(), token, job)) {
                stream.readUntil("event: queued");
                var refused = user.get(EventReader.path(job));
                refused.error(429);
                assertThat(refused.header("Retry-After")).matches("\\d+");
            }
            var status = 429;
            while (status == 429) { // until the next comment finds it gone
                status = statusOfStream(user, job);
            }
            assertThat(status).isEqualTo(200);
        }
    }

    @Test
    void moreStreamsThanThePlatformTakesAre503() throws IOException {
        var settings = new JobStreams.Settings(NEVER, NEVER, NEVER, 1, 1);
        try (var platform = new TestPlatform(settings)) {
            var anna = platform.newUser();
            var bert = platform.newUser();
            try (var events = new EventReader(anna, anna.ordered("a lighthouse in fog"))) {
                assertThat(events.next().name()).isEqualTo("queued");
                var refused = bert.get(EventReader.path(bert.ordered("a fox in snow")));
                assertThat(refused.error(503).get("retryable").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void aStreamEndsAfterAWhileAndIsTakenUpAgain() throws IOException {
        var settings = new JobStreams.Settings(NEVER, SOON, Duration.ofMillis(1), 20, 1000);
        try (var platform = new TestPlatform(settings)) {
            var user = platform.newUser();
            var job = user.ordered("a lighthouse in fog");
            try (var events = new EventReader(user, job)) {
                events.next();
                events.assertEnds();
            }
        }
    }

    @Test
    void stoppingEndsAllStreamsAtOnce() throws IOException {
        var platform = new TestPlatform(JobStreams.Settings.USUAL);
        var user = platform.newUser();
        try (var events = new EventReader(user, user.ordered("a lighthouse in fog"))) {
            events.next();
            var start = System.nanoTime();
            platform.close();
            events.assertEnds();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
    }

    private static int statusOfStream(Client user, String job) throws IOException {
        var answer = user.send(EventReader.path(job), request -> request, BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    /** As another server does on the same database: nobody here hears of it. */
    private static void cancelFromOutside(TestPlatform platform, String job, String user) throws IOException {
        try (var database = Database.sqlite(platform.data().resolve("ourvidz.db"))) {
            var settings = new SqlJobStore.Settings(Duration.ofMinutes(1), Duration.ofMinutes(15), 3, 1000);
            var store = new SqlJobStore(database, InstantSource.system(), settings);
            assertThat(store.cancel(UUID.fromString(job), user)).isPresent();
        }
    }

    /** All threads of this JVM, server and client, virtual ones too. */
    private static int threads(Path folder) throws IOException {
        var dump = folder.resolve(UUID.randomUUID() + ".json");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
        return Files.readString(dump).split("\"tid\"", -1).length - 1;
    }

    private static boolean aParkedVirtualThreadIsCounted(Path folder) throws IOException {
        var before = threads(folder);
        var end = new CountDownLatch(1);
        for (var number = 0; number < 50; number++) {
            Thread.startVirtualThread(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        var counted = threads(folder) - before >= 40;
        end.countDown();
        return counted;
    }
}

package com.ourvidz.server.event;

import com.ourvidz.core.Rejection;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.worker.Signals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All open event streams, of single jobs and of all of a user's. One thread reads jobs for all of them: those that signals name at once, and
 * all from time to time, for signals may be lost and places in the queue move without them.
 */
public final class JobStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobStreams.class);

    /**
     * How streams are kept.
     *
     * @param reread how often all jobs with streams are read
     * @param keepAlive how often a stream says something, so that nobody on the way takes it for dead, and a dead client is found
     * @param longest after which a stream ends, for its client to come back with a token that is looked at again
     * @param perUser most streams of a user
     * @param total most streams
     */
    public record Settings(Duration reread, Duration keepAlive, Duration longest, int perUser, int total) {

        public static final Settings USUAL =
                new Settings(Duration.ofSeconds(3), Duration.ofSeconds(15), Duration.ofMinutes(15), 20, 1000);
    }

    /** What opens a stream once there is room for it. */
    private interface Opening {
        EventStream open() throws IOException;
    }

    private final News news;
    private final Settings settings;
    private final Map<Connection, EventStream> streams = new ConcurrentHashMap<>();
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("job-events").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy()); // a signal while the platform stops
    private final Signals.Subscription signals;
    private final ReentrantLock admission = new ReentrantLock();
    private boolean stopped;

    /**
     * Begins to listen.
     *
     * @param clock the one by which jobs end
     */
    public JobStreams(JobStore jobs, Signals signals, InstantSource clock, Settings settings) {
        this.news = new News(jobs, clock);
        this.settings = settings;
        this.signals = signals.listen(this::changed);
        every(settings.reread(), () -> news.ofAll(open()));
        every(settings.keepAlive(), this::keepAlive);
    }

    /**
     * Answers with the job's events, from its present state to its end; with 204 where the client has seen the end.
     *
     * @param seen the version of the job that the client saw last; 0 for none
     * @throws Rejection {@code TOO_MANY_REQUESTS} or {@code QUEUE_UNAVAILABLE} beyond the most streams
     */
    public void open(Job job, long seen, Shown.View view, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (seen == job.version() && JobEvent.isLast(job)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else if (request.getMethod().equals("HEAD")) {
            Connection.describe(response);
        } else {
            var outbox = new JobOutbox(seen);
            admit(
                    job.userId(),
                    () -> new EventStream.OfJob(
                            job.id(), job.userId(), view, outbox, connection(outbox, request, response)));
            changed(job.id());
        }
    }

    /**
     * Answers with the events of all jobs of the user, from the present state of those that are open.
     *
     * @param lastEventId of the event that the client saw last: it is told what has ended since
     * @throws Rejection {@code TOO_MANY_REQUESTS} or {@code QUEUE_UNAVAILABLE} beyond the most streams
     */
    public void openAll(
            String userId,
            Optional<Long> lastEventId,
            Shown.View view,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (request.getMethod().equals("HEAD")) {
            Connection.describe(response);
            return;
        }
        var since = lastEventId.map(Instant::ofEpochMilli).orElseGet(news::moment);
        var outbox = new UserOutbox(since);
        admit(userId, () -> new EventStream.OfUser(userId, since, view, outbox, connection(outbox, request, response)));
        thread.execute(() -> attempt(() -> news.ofNewUsers(open())));
    }

    /** Ends all streams and opens no more. */
    @Override
    public void close() {
        admission.lock();
        try {
            stopped = true;
        } finally {
            admission.unlock();
        }
        signals.close();
        thread.shutdownNow();
        open().forEach(stream -> stream.connection().close());
    }

    private Connection connection(Outbox outbox, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        return Connection.open(outbox, request, response, streams::remove);
    }

    private void admit(String userId, Opening opening) throws IOException {
        admission.lock();
        try {
            requireRoom(userId);
            var stream = opening.open();
            streams.put(stream.connection(), stream);
        } finally {
            admission.unlock();
        }
    }

    private Set<EventStream> open() {
        return Set.copyOf(streams.values());
    }

    private void requireRoom(String userId) {
        if (stopped || streams.size() >= settings.total()) {
            throw Rejection.of(Rejection.Reason.QUEUE_UNAVAILABLE, "No more event streams can be opened at the moment.")
                    .with("retryable", true)
                    .with("suggestedAction", "Ask for the jobs themselves from time to time.");
        }
        var own = streams.values().stream().filter(stream -> stream.userId().equals(userId));
        if (own.count() >= settings.perUser()) {
            throw Rejection.of(
                            Rejection.Reason.TOO_MANY_REQUESTS,
                            "You have " + settings.perUser() + " event streams open, which is the most allowed.")
                    .with("retryable", true)
                    .with("suggestedAction", "Close one, or ask for the jobs themselves from time to time.");
        }
    }

    private void changed(UUID job) {
        if (!streams.isEmpty() && changed.add(job)) {
            thread.execute(() -> attempt(this::readChanged));
        }
    }

    private void readChanged() {
        var ids = Set.copyOf(changed);
        changed.removeAll(ids); // before they are read, so that what changes meanwhile is read again
        news.ofJobs(ids, open());
    }

    private void keepAlive() {
        for (var connection : Set.copyOf(streams.keySet())) {
            if (connection.age().compareTo(settings.longest()) > 0) {
                connection.close();
            } else {
                connection.comment();
            }
        }
    }

    private void every(Duration pause, Runnable work) {
        var _ = thread.scheduleWithFixedDelay(
                () -> attempt(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What fails is tried again the next time, whatever was wrong with it. */
    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Event streams could not be served", e);
        }
    }
}

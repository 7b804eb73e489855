package com.ourvidz.adapters.sql;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Page;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobFilter;
import com.ourvidz.core.job.JobOrder;
import com.ourvidz.core.job.JobStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Jobs in SQL. The time is read inside the transaction, so that jobs are created in the order in which they are committed. Leases and the
 * generation limit are counted by a clock of their own, which nobody can set.
 */
public final class SqlJobStore implements JobStore {

    /**
     * What the operator may set.
     *
     * @param lease how long a worker's silence is taken for work
     * @param generationLimit the longest that an attempt may take, however alive its worker
     * @param maxCrashes the crash that ends a job, counted over its attempts; from 1
     * @param newUserCredits what a user starts with
     */
    public record Settings(Duration lease, Duration generationLimit, int maxCrashes, long newUserCredits) {}

    private static final Logger LOG = LoggerFactory.getLogger(SqlJobStore.class);
    private static final int TOKEN_BYTES = 16;
    private static final String UNREADABLE =
            "This version of the platform cannot do the job: a newer one has taken it. Order it again.";

    /** Places further back are not counted out, so that asking costs no more in a longer queue. */
    private static final int FURTHEST_POSITION = 10_000;

    /** By the index that lists a user's ends in order. */
    static final String ENDED = "user_id IN (:users) AND ended_at >= :since ORDER BY ended_at DESC LIMIT :limit";

    /** The named assets are all that the attempt has staged, whole, and one for each index of the job. */
    private static final String COMPLETE_SET = """
            :named = num_images
            AND num_images = (SELECT COUNT(*) FROM assets
                               WHERE assets.job_id = :job AND assets.attempt = :attempt AND assets.state = 'staged')
            AND num_images = (SELECT COUNT(*) FROM assets
                               WHERE assets.job_id = :job AND assets.attempt = :attempt AND assets.state = 'staged'
                                 AND assets.bytes > 0 AND assets.asset_index < num_images AND assets.id IN (:assets))""";

    private final Database database;
    private final InstantSource clock;
    private final SteadyClock leaseClock;
    private final Settings settings;
    private final SqlLedger ledger;
    private final SecureRandom random = new SecureRandom();

    public SqlJobStore(Database database, InstantSource clock, SteadyClock leaseClock, Settings settings) {
        this.database = database;
        this.clock = clock;
        this.leaseClock = leaseClock;
        this.settings = settings;
        this.ledger = new SqlLedger(database);
    }

    @Override
    public Acceptance accept(String userId, JobOrder order, Optional<IdempotencyKey> key, Limits limits) {
        return database.transaction(
                transaction -> new Intake(transaction, ledger, clock.millis(), settings.newUserCredits())
                        .accept(userId, order, key, limits));
    }

    @Override
    public Optional<Job> find(UUID id, String userId) {
        var job = database.read()
                .sql("SELECT * FROM jobs WHERE id = :id AND user_id = :user")
                .param("id", id.toString())
                .param("user", userId)
                .query(Rows::shown)
                .optional();
        return Rows.withAssets(database.read(), job.stream().toList()).stream().findFirst();
    }

    @Override
    public List<Job> findAll(Set<UUID> ids) {
        return all(Condition.of("id IN (:ids)")
                .with("ids", ids.stream().map(UUID::toString).toList()));
    }

    @Override
    public List<Job> open(Set<String> users) {
        return all(Condition.of("user_id IN (:users) AND status IN ('queued', 'processing')")
                .with("users", users));
    }

    @Override
    public List<Job> ended(Set<String> users, Instant since, int limit) {
        return all(Condition.of(ENDED)
                .with("users", users)
                .with("since", since.toEpochMilli())
                .with("limit", limit));
    }

    private List<Job> all(Condition which) {
        var jobs = database.read()
                .sql("SELECT * FROM jobs WHERE " + which.sql())
                .params(which.parameters())
                .query(Rows::shown)
                .list();
        return Rows.withAssets(database.read(), jobs);
    }

    @Override
    public Page<Job> list(String userId, JobFilter filter, Optional<Page.Cursor> after, int limit) {
        return new JobList(database.read()).page(userId, filter, after, limit);
    }

    @Override
    public Optional<Integer> queuePosition(UUID id) {
        return database.read()
                .sql("""
                        SELECT (SELECT COUNT(*) FROM (
                                    SELECT 1 FROM jobs AS ahead
                                     WHERE ahead.status = 'queued' AND ahead.queue = job.queue
                                       AND (ahead.turn, ahead.created_at, ahead.id) < (job.turn, job.created_at, job.id)
                                     LIMIT :limit) AS ahead)
                          FROM jobs AS job WHERE job.id = :id AND job.status = 'queued'""")
                .param("id", id.toString())
                .param("limit", FURTHEST_POSITION)
                .query(Integer.class)
                .optional()
                .filter(ahead -> ahead < FURTHEST_POSITION)
                .map(ahead -> ahead + 1);
    }

    @Override
    public List<UUID> line(Queue queue) {
        return database.read()
                .sql("SELECT id FROM jobs WHERE status = 'queued' AND queue = :queue ORDER BY " + Turns.ORDER
                        + " LIMIT :limit")
                .param("queue", queue.id())
                .param("limit", FURTHEST_POSITION)
                .query((row, number) -> UUID.fromString(row.getString("id")))
                .list();
    }

    @Override
    public Figures figures(Queue queue) {
        var now = clock.millis();
        return database.read()
                .sql("""
                        SELECT (SELECT COUNT(*) FROM jobs WHERE queue = :queue AND status = 'processing') AS processing,
                               COUNT(*) AS depth, COALESCE(MIN(created_at), :now) AS oldest
                          FROM jobs WHERE queue = :queue AND status = 'queued'""")
                .param("queue", queue.id())
                .param("now", now)
                .query((row, number) -> new Figures(
                        row.getInt("depth"),
                        row.getInt("processing"),
                        Math.max(
                                0,
                                Duration.ofMillis(now - row.getLong("oldest")).toSeconds())))
                .single();
    }

    @Override
    public Optional<Claim> claim(Queue queue, String workerId) {
        var token = token();
        return change(jobs -> jobs.take(next(queue)
                        .with("worker", workerId)
                        .with("token", token)
                        .with("until", jobs.leaseTime() + settings.lease().toMillis())
                        .with(
                                "overdue",
                                jobs.leaseTime() + settings.generationLimit().toMillis())))
                .stream()
                .findFirst()
                .map(job -> new Claim(job, new Fence(job.id(), job.attempt(), token)));
    }

    @Override
    public Optional<Job> held(Fence fence) {
        var held = Condition.held(fence);
        return database.read()
                .sql("SELECT * FROM jobs WHERE " + held.sql())
                .params(held.parameters())
                .param("leaseTime", leaseClock.millis())
                .query(Rows::readable)
                .optional()
                .flatMap(Function.identity());
    }

    @Override
    public boolean heartbeat(Fence fence, int progress, String stage) {
        var held = Condition.held(fence);
        return database.transaction(transaction -> {
            var now = leaseClock.millis();
            return transaction
                            .sql("""
                                    UPDATE jobs SET lease_until = :until, stage = :stage,
                                           version = version + CASE WHEN progress < :progress OR stage <> :stage THEN 1 ELSE 0 END,
                                           progress = CASE WHEN progress > :progress THEN progress ELSE :progress END
                                     WHERE %s""".formatted(held.sql()))
                            .params(held.parameters())
                            .param("leaseTime", now)
                            .param("until", now + settings.lease().toMillis())
                            .param("stage", stage)
                            .param("progress", progress)
                            .update()
                    == 1;
        });
    }

    @Override
    public boolean complete(Fence fence, List<UUID> assets, Map<String, Object> report) {
        var named = assets.stream().distinct().map(UUID::toString).toList();
        if (named.isEmpty() || named.size() < assets.size()) {
            return false;
        }
        var which = Condition.held(fence).and(COMPLETE_SET).with("named", named.size());
        return !change(jobs -> jobs.complete(which, named, Json.write(report))).isEmpty();
    }

    @Override
    public boolean fail(Fence fence, String message, Map<String, Object> report) {
        var which = Condition.held(fence).with("message", message).with("report", Json.write(report));
        return !change(jobs -> jobs.fail(which, "error_message = :message, report = :report"))
                .isEmpty();
    }

    @Override
    public boolean release(Fence fence) {
        return !change(jobs -> jobs.requeue(Condition.held(fence), 0)).isEmpty();
    }

    @Override
    public Optional<Job> cancel(UUID id, String userId) {
        var which = Condition.of("id = :job AND user_id = :user")
                .with("job", id.toString())
                .with("user", userId);
        change(jobs -> {
            Turns.closeGap(jobs.transaction(), id, userId);
            return jobs.fail(which, "error_message = 'Cancelled.', cancelled = 1");
        });
        return find(id, userId);
    }

    @Override
    public List<Job> workerDied(String workerId, Death death) {
        var which = Condition.of("status = 'processing' AND worker_id = :dead").with("dead", workerId);
        return change(jobs -> death == Death.CRASHED ? crashed(jobs, which) : jobs.requeue(which, 0));
    }

    @Override
    public List<Job> workersGone(String idPrefix) {
        var which = Condition.of("status = 'processing' AND SUBSTR(worker_id, 1, LENGTH(:prefix)) = :prefix")
                .with("prefix", idPrefix);
        return change(jobs -> jobs.requeue(which, 0));
    }

    @Override
    public List<Job> sweep() {
        return change(jobs -> both(
                timedOut(jobs), crashed(jobs, Condition.of("status = 'processing' AND lease_until <= :leaseTime"))));
    }

    @Override
    public void renewLeases() {
        database.transaction(transaction -> {
            var now = leaseClock.millis();
            return transaction
                    .sql("UPDATE jobs SET lease_until = :until, overdue_at = :overdue WHERE status = 'processing'")
                    .param("until", now + settings.lease().toMillis())
                    .param("overdue", now + settings.generationLimit().toMillis())
                    .update();
        });
    }

    private List<Job> timedOut(Transitions jobs) {
        var limit = settings.generationLimit();
        var overdue = Condition.of("status = 'processing' AND overdue_at <= :leaseTime")
                .with("message", "timeout: the generation took longer than " + limit.toSeconds() + " seconds.");
        return jobs.fail(overdue, "error_message = :message");
    }

    /** Gives up jobs that have now crashed too often, and queues the others again. */
    private List<Job> crashed(Transitions jobs, Condition which) {
        var max = settings.maxCrashes();
        var lost = which.and("crashes + 1 >= :max")
                .with("max", max)
                .with("message", "Given up: the worker crashed %d times on this job.".formatted(max));
        var givenUp = jobs.fail(lost, "error_message = :message, crashes = crashes + 1");
        return both(givenUp, jobs.requeue(which, 1));
    }

    private static List<Job> both(List<Job> some, List<Job> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private Condition next(Queue queue) {
        return Condition.of("id = (SELECT id FROM jobs WHERE status = 'queued' AND queue = :queue"
                        + " ORDER BY " + Turns.ORDER + " LIMIT 1"
                        + database.dialect().lockNext() + ")")
                .with("queue", queue.id());
    }

    /** A job that cannot be read is given up, so that the others are not stopped by it. */
    private <T> T change(Function<Transitions, T> work) {
        while (true) {
            try {
                return database.transaction(transaction -> work.apply(transitions(transaction)));
            } catch (UnreadableJobException e) {
                LOG.error("A job is given up", e);
                giveUp(e.jobId());
            }
        }
    }

    private void giveUp(UUID job) {
        database.transaction(transaction -> {
            transitions(transaction).giveUp(job, UNREADABLE);
            return true;
        });
    }

    private Transitions transitions(JdbcClient transaction) {
        return new Transitions(transaction, ledger, clock.millis(), leaseClock.millis());
    }

    private String token() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

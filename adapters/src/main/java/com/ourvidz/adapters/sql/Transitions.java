package com.ourvidz.adapters.sql;

import static com.ourvidz.core.job.JobState.Status.COMPLETED;
import static com.ourvidz.core.job.JobState.Status.FAILED;
import static com.ourvidz.core.job.JobState.Status.PROCESSING;
import static com.ourvidz.core.job.JobState.Status.QUEUED;
import static java.util.stream.Collectors.joining;

import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState.Status;
import com.ourvidz.core.money.LedgerEntry;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The changes of status within one transaction, each with all that follows from it. Which jobs change is decided by the statement that
 * changes them; each method returns those that did, without their assets.
 *
 * @param now milliseconds
 * @param leaseTime milliseconds of the clock by which leases are counted
 */
record Transitions(JdbcClient transaction, SqlLedger ledger, long now, long leaseTime) {

    private static final String NO_LEASE = "worker_id = NULL, lease_token = NULL, lease_until = NULL";

    /** Gives jobs to {@code :worker} for as long as {@code :until}, and {@code :overdue} at the longest. */
    List<Job> take(Condition which) {
        return move(PROCESSING, which, """
                worker_id = :worker, lease_token = :token, lease_until = :until, overdue_at = :overdue,
                attempt = attempt + 1, started_at = :now, progress = 0, stage = ''""");
    }

    /** Puts jobs back into their places in the queue, the deaths of their workers counted or not. */
    List<Job> requeue(Condition which, int crashes) {
        var queued = move(
                QUEUED,
                which.with("crashes", crashes),
                NO_LEASE + ", crashes = crashes + :crashes, started_at = NULL, progress = 0, stage = ''");
        queued.forEach(job -> doomStaged(job.id()));
        return queued;
    }

    /** Completes jobs with the named assets, and publishes these. */
    List<Job> complete(Condition which, List<String> assets, String report) {
        var completed = move(
                COMPLETED,
                which.with("assets", assets).with("report", report),
                NO_LEASE + ", ended_at = :now, progress = 100, report = :report");
        completed.forEach(job -> publish(assets));
        completed.forEach(job -> doomStaged(job.id()));
        completed.forEach(this::announce);
        return completed;
    }

    /** Ends jobs without assets and pays them back. {@code why} sets the error message, and what else is to be noted. */
    List<Job> fail(Condition which, String why) {
        return fail(which, why, Rows::job);
    }

    /** Likewise a job that cannot be read. */
    void giveUp(UUID id, String why) {
        var which = Condition.of("id = :job").with("job", id.toString()).with("why", why);
        fail(which, "error_message = :why", Rows::shown);
    }

    private List<Job> fail(Condition which, String why, RowMapper<Job> mapper) {
        var failed = move(FAILED, which, NO_LEASE + ", ended_at = :now, " + why, mapper);
        failed.forEach(this::refund);
        failed.forEach(job -> doomStaged(job.id()));
        failed.forEach(this::announce);
        return failed;
    }

    private List<Job> move(Status to, Condition which, String change) {
        return move(to, which, change, Rows::job);
    }

    /** The only statement that changes a status, from those alone that may come before it. */
    private List<Job> move(Status to, Condition which, String change, RowMapper<Job> mapper) {
        var predecessors =
                to.predecessors().stream().map(from -> "'" + from.id() + "'").collect(joining(", "));
        return transaction
                .sql("UPDATE jobs SET status = '%s', version = version + 1, %s WHERE status IN (%s) AND %s RETURNING *"
                        .formatted(to.id(), change, predecessors, which.sql()))
                .params(which.parameters())
                .param("now", now)
                .param("leaseTime", leaseTime)
                .query(mapper)
                .list();
    }

    private void refund(Job job) {
        ledger.book(
                transaction,
                LedgerEntry.refund(job.userId(), job.id(), job.order().price()),
                now);
    }

    private void announce(Job ended) {
        new Announcement(transaction, now).ended(ended);
    }

    private void publish(List<String> assets) {
        transaction
                .sql("UPDATE assets SET state = 'published' WHERE id IN (:assets)")
                .param("assets", assets)
                .update();
    }

    /** Whatever of the job is still staged when a worker lets go of it will never be published. */
    private void doomStaged(UUID job) {
        transaction
                .sql("UPDATE assets SET state = 'doomed' WHERE job_id = :job AND state = 'staged'")
                .param("job", job.toString())
                .update();
    }
}

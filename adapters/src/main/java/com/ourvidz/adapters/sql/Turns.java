package com.ourvidz.adapters.sql;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whose turn it is: start-time fair queueing. Each job gets a number when it comes in, its turn, and the smallest one goes first. A round is
 * {@value #ROUND} wide: a user's next job comes one round after the one before, however soon it was ordered, and someone who has nothing
 * waiting comes in half a round after the job that was taken last. So between two jobs of one user there is room for one of everybody else,
 * and nobody can come in before jobs whose turn has come: each is reached after finitely many others.
 *
 * <p>Nothing is kept but the jobs' turns. What was taken last is the largest turn among jobs with an attempt.
 */
final class Turns {

    static final int ROUND = 2;

    /** In which waiting jobs are taken. */
    static final String ORDER = "turn, created_at, id";

    /** The turn of a job of {@code :user} that comes into {@code :queue} now. Each line is one look into an index. */
    static final String NEXT = """
            (SELECT MAX(turn) FROM (
                SELECT 1 AS turn
                UNION ALL SELECT MAX(turn) + %1$d FROM jobs WHERE queue = :queue AND attempt > 0
                UNION ALL SELECT MAX(turn) + %2$d FROM jobs WHERE user_id = :user AND queue = :queue AND attempt > 0
                UNION ALL SELECT MAX(turn) + %2$d FROM jobs WHERE user_id = :user AND queue = :queue AND status = 'queued'
            ) AS bounds)""".formatted(ROUND / 2, ROUND);

    private Turns() {}

    /** Lets the user's jobs behind one that is about to be cancelled move up, unless it had its turn already. */
    static void closeGap(JdbcClient transaction, UUID job, String userId) {
        transaction
                .sql("""
                        UPDATE jobs SET turn = turn - :round
                         WHERE status = 'queued' AND user_id = :user
                           AND queue = (SELECT queue FROM jobs WHERE id = :job)
                           AND turn > (SELECT turn FROM jobs
                                        WHERE id = :job AND user_id = :user AND status = 'queued' AND attempt = 0)""")
                .param("round", ROUND)
                .param("job", job.toString())
                .param("user", userId)
                .update();
    }
}

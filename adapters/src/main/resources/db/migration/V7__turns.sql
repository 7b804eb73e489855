-- Users with waiting jobs take turns. A job that waits as the schema changes has turn 0: it goes first, in the order of arrival.

ALTER TABLE jobs ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;

DROP INDEX jobs_waiting;
CREATE INDEX jobs_waiting ON jobs (queue, turn, created_at, id) WHERE status = 'queued';
DROP INDEX jobs_waiting_of_user;
CREATE INDEX jobs_waiting_of_user ON jobs (user_id, queue, turn) WHERE status = 'queued';
CREATE INDEX jobs_taken ON jobs (queue, turn) WHERE attempt > 0;
CREATE INDEX jobs_taken_of_user ON jobs (user_id, queue, turn) WHERE attempt > 0;

-- How many jobs wait in each queue, kept up by whatever changes a job: to count them would cost each order more, the longer the queue is.
CREATE TABLE queue_depths (
    queue   TEXT   NOT NULL PRIMARY KEY,
    waiting BIGINT NOT NULL CHECK (waiting >= 0)
) WITHOUT ROWID;

INSERT INTO queue_depths (queue, waiting)
SELECT queue, COUNT(*) FROM jobs WHERE status = 'queued' GROUP BY queue;

CREATE TRIGGER jobs_come AFTER INSERT ON jobs WHEN NEW.status = 'queued'
BEGIN
    INSERT INTO queue_depths (queue, waiting) VALUES (NEW.queue, 1)
        ON CONFLICT (queue) DO UPDATE SET waiting = waiting + 1;
END;

CREATE TRIGGER jobs_come_back AFTER UPDATE OF status ON jobs WHEN NEW.status = 'queued' AND OLD.status <> 'queued'
BEGIN
    UPDATE queue_depths SET waiting = waiting + 1 WHERE queue = NEW.queue;
END;

CREATE TRIGGER jobs_leave AFTER UPDATE OF status ON jobs WHEN OLD.status = 'queued' AND NEW.status <> 'queued'
BEGIN
    UPDATE queue_depths SET waiting = waiting - 1 WHERE queue = OLD.queue;
END;

CREATE TRIGGER jobs_vanish AFTER DELETE ON jobs WHEN OLD.status = 'queued'
BEGIN
    UPDATE queue_depths SET waiting = waiting - 1 WHERE queue = OLD.queue;
END;

-- Counts what a job's watchers can see of it change, so that a watcher who has been away knows whether it missed anything.

ALTER TABLE jobs ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

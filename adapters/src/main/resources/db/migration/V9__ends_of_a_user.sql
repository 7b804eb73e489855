-- A user's jobs in the order in which they ended, for who comes back and asks what has.
CREATE INDEX jobs_of_user_by_end ON jobs (user_id, ended_at) WHERE ended_at IS NOT NULL;

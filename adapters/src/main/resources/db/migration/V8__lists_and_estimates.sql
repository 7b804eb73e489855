-- A user's jobs, narrowed, in the order of the list: no filter sorts, or walks through what it does not show.
CREATE INDEX jobs_of_user_by_status ON jobs (user_id, status, created_at, id);
CREATE INDEX jobs_of_user_by_type ON jobs (user_id, type, created_at, id);
CREATE INDEX jobs_of_user_by_project ON jobs (user_id, project_id, created_at, id) WHERE project_id IS NOT NULL;

-- How long the last jobs of a kind took.
CREATE INDEX jobs_completed ON jobs (type, num_images, ended_at) WHERE status = 'completed';

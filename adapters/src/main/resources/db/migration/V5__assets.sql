-- A small picture beside each asset, and which of them its user prefers.

ALTER TABLE assets ADD COLUMN thumbnail_bytes BIGINT NOT NULL DEFAULT 0 CHECK (thumbnail_bytes >= 0);
ALTER TABLE assets ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1));

-- For the assets of a job: assets_of_attempt serves only queries that say state <> 'doomed'.
CREATE INDEX assets_of_job ON assets (job_id, state, asset_index);

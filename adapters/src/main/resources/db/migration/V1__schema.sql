-- What every database has. Times are milliseconds since 1970, money is whole credits, JSON is text, ids are UUIDs as text.

CREATE TABLE users (
    id         TEXT   NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL,
    balance    BIGINT NOT NULL CHECK (balance >= 0)
);

CREATE TABLE jobs (
    id              TEXT    NOT NULL PRIMARY KEY,
    user_id         TEXT    NOT NULL REFERENCES users (id),
    created_at      BIGINT  NOT NULL,
    -- the order
    type            TEXT    NOT NULL,
    queue           TEXT    NOT NULL,
    prompt          TEXT    NOT NULL,
    negative_prompt TEXT,
    num_images      INTEGER NOT NULL CHECK (num_images > 0),
    seed            BIGINT  NOT NULL CHECK (seed >= 0),
    price           BIGINT  NOT NULL CHECK (price >= 0),
    metadata        TEXT    NOT NULL,
    warnings        TEXT    NOT NULL,
    project_id      TEXT,
    video_id        TEXT,
    image_id        TEXT,
    idempotency_key TEXT,
    body_hash       TEXT,
    -- its life
    status          TEXT    NOT NULL CHECK (status IN ('queued', 'processing', 'completed', 'failed')),
    attempt         INTEGER NOT NULL DEFAULT 0,
    crashes         INTEGER NOT NULL DEFAULT 0,
    started_at      BIGINT,
    ended_at        BIGINT,
    progress        INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
    stage           TEXT    NOT NULL DEFAULT '',
    error_message   TEXT    NOT NULL DEFAULT '',
    cancelled       INTEGER NOT NULL DEFAULT 0 CHECK (cancelled IN (0, 1)),
    report          TEXT    NOT NULL DEFAULT '{}',
    -- who holds it
    worker_id       TEXT,
    lease_token     TEXT,
    lease_until     BIGINT,
    UNIQUE (user_id, idempotency_key),
    CHECK ((idempotency_key IS NULL) = (body_hash IS NULL)),
    CHECK ((status = 'processing') = (lease_token IS NOT NULL)),
    CHECK ((status = 'processing') = (lease_until IS NOT NULL)),
    CHECK ((status = 'processing') = (worker_id IS NOT NULL)),
    CHECK ((status IN ('completed', 'failed')) = (ended_at IS NOT NULL)),
    CHECK (status NOT IN ('processing', 'completed') OR started_at IS NOT NULL)
);

CREATE INDEX jobs_waiting ON jobs (queue, created_at, id) WHERE status = 'queued';
CREATE INDEX jobs_waiting_of_user ON jobs (user_id) WHERE status = 'queued';
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE status = 'processing';
CREATE INDEX jobs_of_user ON jobs (user_id, created_at, id);

-- Append-only, by triggers that each database says in its own way.
CREATE TABLE ledger (
    business_key TEXT   NOT NULL PRIMARY KEY,
    user_id      TEXT   NOT NULL REFERENCES users (id),
    amount       BIGINT NOT NULL,
    created_at   BIGINT NOT NULL
);

CREATE INDEX ledger_of_user ON ledger (user_id, created_at);

CREATE TABLE assets (
    id          TEXT    NOT NULL PRIMARY KEY,
    job_id      TEXT    NOT NULL REFERENCES jobs (id),
    attempt     INTEGER NOT NULL,
    asset_index INTEGER NOT NULL CHECK (asset_index >= 0),
    user_id     TEXT    NOT NULL REFERENCES users (id),
    bucket      TEXT    NOT NULL,
    object_key  TEXT    NOT NULL,
    media_type  TEXT    NOT NULL,
    bytes       BIGINT  NOT NULL CHECK (bytes >= 0),
    created_at  BIGINT  NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('staged', 'published', 'doomed'))
);

CREATE UNIQUE INDEX assets_of_attempt ON assets (job_id, attempt, asset_index) WHERE state <> 'doomed';

CREATE INDEX assets_of_user ON assets (user_id, created_at, id) WHERE state = 'published';
CREATE INDEX assets_doomed ON assets (created_at, id) WHERE state = 'doomed';

CREATE TABLE workers (
    id        TEXT    NOT NULL PRIMARY KEY,
    queue     TEXT    NOT NULL,
    model     TEXT    NOT NULL,
    busy      INTEGER NOT NULL CHECK (busy IN (0, 1)),
    last_seen BIGINT  NOT NULL
);

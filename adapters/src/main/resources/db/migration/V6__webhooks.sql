-- Where users want to be told that a job has ended, and what is on its way there.

-- A user may register before ordering anything, so that there need not be a row in users.
CREATE TABLE webhook_endpoints (
    id             TEXT    NOT NULL PRIMARY KEY,
    user_id        TEXT    NOT NULL,
    url            TEXT    NOT NULL,
    description    TEXT    NOT NULL,
    origin         TEXT    NOT NULL,
    created_at     BIGINT  NOT NULL,
    enabled        INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    secret         TEXT    NOT NULL,
    retired_secret TEXT,
    retired_until  BIGINT,
    CHECK ((retired_secret IS NULL) = (retired_until IS NULL))
);

CREATE INDEX webhook_endpoints_of_user ON webhook_endpoints (user_id, created_at, id);

-- The outbox. While a delivery is tried it has a token, and next_try is when the try would be given up as lost.
CREATE TABLE webhook_deliveries (
    id          TEXT    NOT NULL PRIMARY KEY,
    endpoint_id TEXT    NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    job_id      TEXT    NOT NULL REFERENCES jobs (id),
    type        TEXT    NOT NULL,
    created_at  BIGINT  NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('pending', 'delivered', 'dead')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    next_try    BIGINT,
    lease_token TEXT,
    last_try    BIGINT,
    last_status INTEGER,
    last_answer TEXT,
    UNIQUE (endpoint_id, job_id),
    CHECK ((state = 'pending') = (next_try IS NOT NULL)),
    CHECK (state = 'pending' OR lease_token IS NULL),
    CHECK ((last_try IS NULL) = (last_answer IS NULL))
);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_try, endpoint_id) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (endpoint_id, next_try) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_of_endpoint ON webhook_deliveries (endpoint_id, created_at, id);
CREATE INDEX webhook_deliveries_over ON webhook_deliveries (created_at) WHERE state <> 'pending';

-- Who may sign in, who administers, which tokens have ended, and what administrators have given.

ALTER TABLE users ADD COLUMN password_hash TEXT;
ALTER TABLE users ADD COLUMN admin INTEGER NOT NULL DEFAULT 0 CHECK (admin IN (0, 1));
ALTER TABLE users ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1));
-- Tokens that were issued earlier have ended.
ALTER TABLE users ADD COLUMN tokens_from BIGINT NOT NULL DEFAULT 0;

UPDATE users SET admin = 1 WHERE id = 'owner';

CREATE INDEX users_by_age ON users (created_at, id);

-- Single tokens that have ended before their time, by their digest.
CREATE TABLE ended_tokens (
    digest     TEXT   NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

CREATE INDEX ended_tokens_by_expiry ON ended_tokens (expires_at);

-- What each ledger entry 'granted:<id>' is for.
CREATE TABLE grants (
    id         TEXT   NOT NULL PRIMARY KEY,
    user_id    TEXT   NOT NULL REFERENCES users (id),
    credits    BIGINT NOT NULL CHECK (credits > 0),
    given_by   TEXT   NOT NULL,
    note       TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX grants_of_user ON grants (user_id, created_at);

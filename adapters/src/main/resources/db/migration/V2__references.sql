-- Pictures that jobs refer to: what an order names, and what users have uploaded.

ALTER TABLE jobs ADD COLUMN reference_images TEXT NOT NULL DEFAULT '[]';

-- A user may upload before ordering anything, so that there need not be a row in users.
CREATE TABLE reference_images (
    id         TEXT    NOT NULL PRIMARY KEY,
    user_id    TEXT    NOT NULL,
    digest     TEXT    NOT NULL,
    width      INTEGER NOT NULL CHECK (width > 0),
    height     INTEGER NOT NULL CHECK (height > 0),
    bytes      BIGINT  NOT NULL CHECK (bytes > 0),
    consent    INTEGER NOT NULL CHECK (consent IN (0, 1)),
    created_at BIGINT  NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('staged', 'kept', 'doomed'))
);

CREATE UNIQUE INDEX reference_images_once ON reference_images (user_id, digest) WHERE state = 'kept';
CREATE INDEX reference_images_of_user ON reference_images (user_id, created_at, id) WHERE state <> 'doomed';
CREATE INDEX reference_images_unkept ON reference_images (created_at, id) WHERE state <> 'kept';

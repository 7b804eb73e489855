-- Whether the bytes of a doomed asset were removed once already. Its row stays as long as an upload may still be under way, which would
-- leave bytes behind that nobody knows of if the server died before it saw that they came too late.

ALTER TABLE assets ADD COLUMN swept INTEGER NOT NULL DEFAULT 0 CHECK (swept IN (0, 1));

-- When an attempt has taken too long, by the clock that counts leases; until now that was counted from started_at.

ALTER TABLE jobs ADD COLUMN overdue_at BIGINT;

-- What the county asks of all programs (sync/policy.h), as JSON, and when it was last asked.
ALTER TABLE sync_remote ADD COLUMN policy TEXT;
ALTER TABLE sync_remote ADD COLUMN policy_at INTEGER NOT NULL DEFAULT 0;

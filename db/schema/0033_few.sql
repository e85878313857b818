-- When the remote last refused a bundle for the number of its entries (ms, by our clock; 0: never): for a week it gets no more
-- than max_entries at once.
ALTER TABLE sync_remote ADD COLUMN few_at INTEGER NOT NULL DEFAULT 0;

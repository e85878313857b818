-- What changed meanwhile, and what waits for the county.

-- :name watch_seq
SELECT max(seq) FROM change;

-- :name watch_kinds
SELECT DISTINCT r.kind FROM change c JOIN record r ON r.id = c.record WHERE c.seq > :seq;

-- :name watch_waiting
SELECT count(*) FROM (SELECT 1 FROM outbox WHERE remote = 1 AND state < 6 AND state <= 3 LIMIT :max);

-- :name watch_any_resident
SELECT EXISTS (SELECT 1 FROM resident);

-- :name watch_remote
SELECT base_url, last_push, last_pull FROM sync_remote WHERE id = 1;

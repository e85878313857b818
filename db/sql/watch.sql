-- What changed meanwhile, and what waits for the county.

-- :name watch_seq
SELECT max(seq) FROM change;

-- :name watch_kinds
SELECT DISTINCT r.kind FROM change c JOIN record r ON r.id = c.record WHERE c.seq > :seq;

-- :name watch_waiting
SELECT count(*) FROM (SELECT 1 FROM outbox o WHERE o.remote = 1 AND o.state < 6 AND o.state < 5 AND (o.state <> 1 OR NOT EXISTS (
  SELECT 1 FROM outbox x WHERE x.record = o.record AND x.remote = 1 AND x.seq < o.seq AND x.state <= 6)) LIMIT :max);

-- :name watch_any_resident
SELECT EXISTS (SELECT 1 FROM resident);

-- :name watch_remote
SELECT base_url, last_push, last_pull FROM sync_remote WHERE id = 1;

-- Another computer is the hub: does it lack something of ours?
-- :name watch_hub
SELECT EXISTS (SELECT 1 FROM outbox o WHERE o.remote = r.id AND o.state < 6 AND o.state IN (0, 2, 3))
FROM sync_remote r WHERE r.name = 'hub' AND r.base_url IS NOT NULL AND r.base_url <> 'local:hub';

-- What the screens show of the exchange with the county.

-- :name county_url
SELECT base_url FROM sync_remote WHERE name = 'county';

-- :name remote_words
SELECT m.kind, coalesce(p.title, m.name) FROM sync_remote m LEFT JOIN stick_peer p ON p.remote = m.id WHERE m.id = :remote;

-- The clinic behind a computer's code.
-- :name device_words
SELECT p.title FROM sync_remote m JOIN stick_peer p ON p.remote = m.id WHERE m.name = :device;

-- :name exchange_servers
SELECT id, base_url, last_push, last_pull FROM sync_remote
WHERE kind <> 'usb' AND (id = 1 OR base_url IS NOT NULL) ORDER BY id;

-- What waits to go, by class; what is blocked behind an older row of the same record is counted with that one.
-- :name exchange_classes
SELECT o.prio, count(*), min(c.utc) FROM outbox o JOIN change c ON c.record = o.record AND c.revision = o.revision
WHERE o.remote = 1 AND o.state < 6 AND o.state < 5 AND (o.state <> 1 OR NOT EXISTS (
  SELECT 1 FROM outbox x WHERE x.record = o.record AND x.remote = 1 AND x.seq < o.seq AND x.state <= 6))
GROUP BY o.prio ORDER BY o.prio;

-- :name exchange_pace
SELECT sum(pushed), sum(up + down), sum(ms) FROM (
  SELECT pushed, up, down, ms FROM sync_log WHERE remote = 1 AND ok AND pushed > 0 ORDER BY id DESC LIMIT 10);

-- :name exchange_refused
SELECT o.record, o.outcome FROM outbox o WHERE o.remote = 1 AND o.state = 6 ORDER BY o.seq;

-- What is newer at the county and cannot be taken in.
-- :name exchange_untold
SELECT u.record FROM sync_untold u
WHERE u.remote = 1 AND u.held = coalesce((SELECT version FROM sync_version WHERE remote = 1 AND record = u.record AND role = 0), '')
ORDER BY u.record;

-- By USB stick: with how many, for how many records a file is wanted, how many lie on a stick unconfirmed, the last files.
-- :name exchange_stick
SELECT (SELECT count(*) FROM stick_peer),
  (SELECT count(*) FROM outbox o JOIN stick_peer p ON p.remote = o.remote WHERE o.state < 6 AND o.state <> 4),
  (SELECT count(*) FROM outbox o JOIN stick_peer p ON p.remote = o.remote WHERE o.state < 6 AND o.state = 4),
  (SELECT coalesce(max(at), 0) FROM stick_file WHERE dir = 'out'), (SELECT coalesce(max(at), 0) FROM stick_file WHERE dir = 'in');

-- The clinic's hub.
-- :name clinic_hub_remote
SELECT id, base_url, last_push, last_pull FROM sync_remote WHERE name = 'hub' AND base_url IS NOT NULL;

-- The computers that joined this hub, and how many documents are newer than when each asked last.
-- :name clinic_hub_computers
SELECT c.id, c.device, c.joined_at, c.seen_at, c.shut_out,
  (SELECT count(*) FROM (SELECT 1 FROM hub_version v WHERE v.updated > c.seen_at AND v.newest = 1 LIMIT :max))
FROM hub_client c ORDER BY c.id;

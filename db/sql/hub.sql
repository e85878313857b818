-- The hub's store, its clients, and how we stand with it.

-- :name hub_newest
SELECT seq, version, updated, doc FROM hub_version WHERE rtype = :rtype AND id = :id ORDER BY version DESC LIMIT 1;

-- :name hub_version_read
SELECT seq, version, updated, doc FROM hub_version WHERE rtype = :rtype AND id = :id AND version = :version;

-- :name hub_add
INSERT INTO hub_version(rtype, id, version, updated, tags, doc) VALUES (:rtype, :id, :version, :updated, :tags, :doc);

-- :name hub_not_newest
UPDATE hub_version SET newest = 0 WHERE rtype = :rtype AND id = :id AND newest = 1;

-- :name hub_updated_last
SELECT updated FROM hub_version ORDER BY updated DESC LIMIT 1;

-- :name hub_last_seq
SELECT seq FROM sqlite_sequence WHERE name = 'hub_version';

-- :name hub_search
SELECT id, version, updated, doc FROM hub_version
WHERE rtype = :rtype AND newest = 1 AND updated >= :from AND updated < :to AND (:tag IS NULL OR instr(tags, :tag) > 0)
ORDER BY updated LIMIT :limit;

-- :name hub_count
SELECT count(*) FROM hub_version
WHERE rtype = :rtype AND newest = 1 AND updated >= :from AND updated < :to AND (:tag IS NULL OR instr(tags, :tag) > 0);

-- :name hub_history
SELECT id, version, updated, doc FROM hub_version
WHERE rtype = :rtype AND updated >= :from AND updated < :to ORDER BY updated DESC LIMIT :limit;

-- :name hub_history_one
SELECT id, version, updated, doc FROM hub_version
WHERE rtype = :rtype AND id = :id AND updated >= :from AND updated < :to ORDER BY version DESC LIMIT :limit;

-- :name hub_drop
DELETE FROM hub_version;

-- :name hub_client_add
INSERT INTO hub_client(device, key_hash, joined_at) VALUES (:device, :key_hash, :at)
ON CONFLICT(device) DO UPDATE SET key_hash = excluded.key_hash, joined_at = excluded.joined_at, shut_out = 0;

-- :name hub_client_find
SELECT id, seen_at FROM hub_client WHERE key_hash = :key_hash AND NOT shut_out;

-- :name hub_client_seen
UPDATE hub_client SET seen_at = :at WHERE id = :id;

-- :name hub_clients
SELECT device, joined_at, seen_at, shut_out FROM hub_client ORDER BY id;

-- :name hub_client_shut_out
UPDATE hub_client SET shut_out = 1 WHERE device = :device;

-- :name hub_client_known
SELECT EXISTS (SELECT 1 FROM hub_client WHERE device = :device);

-- :name hub_clients_drop
DELETE FROM hub_client;

-- :name hub_invites_drop
DELETE FROM hub_invite;

-- :name hub_invite_add
INSERT INTO hub_invite(code, until) VALUES (:code, :until);

-- :name hub_invite_read
SELECT code, until FROM hub_invite WHERE until > :at AND misses < :max ORDER BY until DESC LIMIT 1;

-- :name hub_invite_miss
UPDATE hub_invite SET misses = misses + 1;

-- What the hub knows of the county changes with its rounds and with nothing else.
-- :name hub_county_round
SELECT coalesce(max(id), 0) FROM sync_log WHERE remote = 1 AND ok = 1;

-- :name hub_rows_anew
UPDATE outbox SET state = 0, batch = NULL, sha = NULL WHERE remote = :remote AND state < 6 AND state IN (2, 3, 4);

-- Records of which the hub has everything and the county perhaps not: the hub is asked what the county says.
-- :name hub_to_ask
SELECT o.record, r.kind, r.uid FROM outbox o JOIN record r ON r.id = o.record
WHERE o.remote = 1 AND o.state < 6 AND o.state IN (3, 4) AND o.record > :after AND NOT EXISTS (
  SELECT 1 FROM outbox h WHERE h.record = o.record AND h.remote = :remote AND h.state < 6)
GROUP BY o.record ORDER BY o.record LIMIT :limit;

-- :name hub_open
SELECT EXISTS (SELECT 1 FROM outbox WHERE remote = :remote AND state < 6 AND state IN (0, 2, 3, 4));

-- The county's word on one record, as a receipt of the stick (stick_receipts).
-- :name hub_receipt
SELECT r.id, coalesce(o.state, 7), o.outcome, r.kind, r.uid,
  (SELECT c.theirs FROM sync_conflict c WHERE c.record = r.id AND c.remote = 1 AND c.state = 'open' AND c.role = 0)
FROM record r LEFT JOIN outbox o ON o.seq = (SELECT max(seq) FROM outbox n WHERE n.record = r.id AND n.remote = 1)
WHERE r.id = :record AND CASE WHEN o.seq IS NULL
  THEN EXISTS (SELECT 1 FROM sync_version v WHERE v.remote = 1 AND v.record = r.id AND v.role = 0)
  ELSE o.state IN (5, 6, 7) END;

-- The mark of a version that came from outside, whichever remote it came from.
-- :name sync_stamp_from_elsewhere
SELECT v.stamp FROM sync_remote r CROSS JOIN sync_version v
WHERE v.remote = r.id AND v.record = :record AND v.role = 0 AND v.revision = :revision AND v.stamp IS NOT NULL
UNION ALL SELECT stamp FROM stick_seen WHERE record = :record AND revision = :revision AND stamp IS NOT NULL LIMIT 1;

-- The earliest instant that its mark can bear: when it was typed, or of what was joined in it (record_joined).
-- :name sync_stamp_source
SELECT c.origin, coalesce(j.at, c.utc), c.seq, d.code,
  c.seq <= (SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'stamps.from')
FROM change c JOIN device d ON d.id = c.device LEFT JOIN joined j ON j.record = c.record AND j.revision = c.revision
WHERE c.record = :record AND c.revision = :revision;

-- Nobody is left to whom it could go.
-- :name hub_outbox_drop
DELETE FROM outbox WHERE remote = :remote;

-- :name hub_unread_drop
DELETE FROM sync_unread WHERE remote = :remote;

-- In which township a village lies, and what is loaded by person.

-- The village's own region code, else what its code says, else that of what it is part of.
-- :name scope_village
SELECT substr(CASE WHEN length(o.region_code) >= 9 THEN o.region_code
  WHEN length(o.code) IN (9, 12) AND o.code NOT GLOB '*[^0-9]*' THEN o.code
  WHEN length(u.region_code) >= 9 THEN u.region_code END, 1, 9)
FROM record r JOIN organisation o ON o.id = r.id LEFT JOIN organisation u ON u.id = o.parent
WHERE r.kind = 5 AND r.uid = :uid;

-- :name scope_resident
SELECT substr(CASE WHEN length(o.region_code) >= 9 THEN o.region_code
  WHEN length(o.code) IN (9, 12) AND o.code NOT GLOB '*[^0-9]*' THEN o.code
  WHEN length(u.region_code) >= 9 THEN u.region_code END, 1, 9)
FROM record r JOIN resident p ON p.id = r.id JOIN organisation o ON o.id = p.village LEFT JOIN organisation u ON u.id = o.parent
WHERE r.kind = 1 AND r.uid = :uid;

-- :name backfill_add
INSERT OR IGNORE INTO sync_backfill(remote, record) VALUES (:remote, :record);

-- :name backfill_any
SELECT EXISTS (SELECT 1 FROM sync_backfill WHERE remote = :remote);

-- One search asks for all of them from one time on.
-- :name backfill_begin
UPDATE sync_backfill SET begun = 1 WHERE remote = :remote AND record IN (
  SELECT record FROM sync_backfill WHERE remote = :remote AND since = (SELECT min(since) FROM sync_backfill WHERE remote = :remote)
  ORDER BY record LIMIT :limit);

-- :name backfill_people
SELECT r.uid, b.since FROM sync_backfill b JOIN record r ON r.id = b.record WHERE b.remote = :remote AND b.begun ORDER BY b.record;

-- :name backfill_drop
DELETE FROM sync_backfill WHERE remote = :remote AND begun;

-- :name backfill_drop_places
DELETE FROM sync_cursor WHERE remote = :remote AND scope LIKE '%/people';

-- :name backfill_forget
DELETE FROM sync_backfill WHERE remote = :remote;

-- :name managed_known
SELECT m.record, r.uid FROM sync_managed m JOIN record r ON r.id = m.record WHERE m.remote = :remote ORDER BY m.record;

-- :name managed_drop
DELETE FROM sync_managed WHERE remote = :remote;

-- :name managed_add
INSERT OR IGNORE INTO sync_managed(remote, record) VALUES (:remote, :record);

-- Of whom nothing is known to have come, everything.
-- :name managed_backfill
INSERT OR IGNORE INTO sync_backfill(remote, record, since)
SELECT :remote, :record, CASE WHEN EXISTS (SELECT 1 FROM sync_managed WHERE remote = :remote AND record = :record) THEN :since ELSE 0 END;

-- :name sync_gone_left
SELECT EXISTS (SELECT 1 FROM sync_gone WHERE remote = :remote AND record = :record AND why = 'left');

-- :name sync_gone_back
DELETE FROM sync_gone WHERE remote = :remote AND record = :record AND why = 'left';

-- Is the record about a person who is still in our townships?
-- :name sync_gone_person
SELECT EXISTS (SELECT 1 FROM record r JOIN record p ON p.kind = 1 AND p.uid = coalesce(r.body ->> '$.resident', r.body ->> '$.about_resident')
  WHERE r.id = :record AND NOT EXISTS (SELECT 1 FROM sync_gone g WHERE g.remote = :remote AND g.record = p.id AND g.why = 'left'));

-- Where a person lived before a revision of his, as far as it was read out, the oldest first.
-- :name lived_read
SELECT since, until, village FROM sync_lived WHERE record = :record AND since < :revision ORDER BY since;

-- :name lived_keep
INSERT INTO sync_lived(record, since, until, village) VALUES (:record, :since, :until, :village)
ON CONFLICT(record, since) DO UPDATE SET until = excluded.until;

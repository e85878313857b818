-- Transactions; settings, devices, who works.

-- :name tx_begin
BEGIN IMMEDIATE;

-- :name tx_commit
COMMIT;

-- :name setting_get
SELECT value FROM setting WHERE key = :key;

-- :name setting_set
INSERT INTO setting(key, value) VALUES (:key, :value) ON CONFLICT(key) DO UPDATE SET value = excluded.value;

-- :name device_find
SELECT id, code, number FROM device WHERE uid = :uid;

-- The first device of a clinic has number 0.  A further one (a copy of the folder on another computer) takes a number of
-- its own, from its uid: copies that never met agree on nothing else.
-- :name device_add
INSERT INTO device(uid, code, number)
VALUES (:uid, :code, CASE WHEN EXISTS (SELECT 1 FROM device) THEN :number ELSE 0 END);

-- :name device_count
SELECT count(*) FROM device;

-- Versions that nobody else can know yet: of records since the newest version that some remote holds, and never sent.
-- :name device_unsent
UPDATE change SET device = :new WHERE device = :old AND origin = 0
AND revision > coalesce((SELECT max(v.revision) FROM sync_version v WHERE v.record = change.record), 0)
AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record = change.record AND o.revision >= change.revision AND o.state IN (2, 3, 4, 7));

-- :name device_set_number
UPDATE device SET number = :number WHERE id = :id;

-- :name device_number_taken
SELECT code FROM device WHERE number = :number AND id <> :id;

-- :name device_numbers_drop
DELETE FROM number_block WHERE device = :id;

-- By id, number or name.  Every clinic has a number 001, and the county brings them all: those of this one come first, be it
-- that another of its computers made its organisation once more.
-- :name staff_find
WITH own(id) AS MATERIALIZED (
  SELECT o.id FROM organisation o JOIN organisation c ON o.id = c.id OR o.code = c.code
  WHERE c.id = (SELECT r.id FROM setting w JOIN record r ON r.kind = 5 AND r.uid = w.value WHERE w.key = 'org_id')),
found(uid, name, id, far) AS MATERIALIZED (
  SELECT r.uid, s.name, s.id,
    CASE WHEN r.uid = :who THEN 0 WHEN s.organisation IS NULL OR s.organisation IN (SELECT id FROM own) THEN 1 ELSE 2 END
  FROM staff s JOIN record r ON r.id = s.id
  WHERE r.state = 0 AND coalesce(s.active, '2') <> '1' AND (r.uid = :who OR s.staff_no = :who OR s.name = :who))
SELECT uid, name, id FROM found WHERE far = (SELECT min(far) FROM found) LIMIT 2;

-- :name staff_by_number
SELECT s.id FROM staff s JOIN record r ON r.id = s.id
WHERE r.state = 0 AND coalesce(s.active, '2') <> '1' AND s.staff_no = :number AND r.uid <> :not
AND coalesce(s.organisation, (SELECT w.id FROM record w WHERE w.kind = 5 AND w.uid = :own)) IN (
  SELECT o.id FROM organisation o JOIN organisation c ON o.id = c.id OR o.code = c.code
  WHERE c.id = (SELECT w.id FROM record w WHERE w.kind = 5 AND w.uid = :organisation));

-- Another one of a name (namesakes.h).  Without a place of its own (:within is NULL) it may be any.
-- :name organisation_of_name
SELECT o.id, o.kind FROM organisation o JOIN record r ON r.id = o.id
WHERE r.state = 0 AND o.name = :name AND (:within IS NULL OR o.parent IS NULL OR o.parent = :within) AND r.uid <> :not LIMIT 1;

-- :name team_of_name
SELECT t.id FROM team t JOIN record r ON r.id = t.id
WHERE r.state = 0 AND t.name = :name AND (:within IS NULL OR t.organisation IS NULL OR t.organisation = :within) AND r.uid <> :not LIMIT 1;

-- :name package_of_name
SELECT r.id FROM record r WHERE r.kind = 14 AND r.kind > 11 AND r.state = 0 AND r.body ->> '$.name' = :name AND r.uid <> :not LIMIT 1;

-- :name household_of_name
SELECT h.id FROM household h JOIN record r ON r.id = h.id
WHERE r.state = 0 AND h.name = :name AND h.village IS :within AND h.house IS :house AND r.uid <> :not LIMIT 1;

-- :name staff_active
SELECT r.uid, s.name, s.id, s.role, s.staff_no FROM staff s JOIN record r ON r.id = s.id
WHERE r.state = 0 AND coalesce(s.active, '2') <> '1' ORDER BY s.id;

-- Who may be the only one here.
-- :name staff_here
WITH own(id) AS MATERIALIZED (
  SELECT o.id FROM organisation o JOIN organisation c ON o.id = c.id OR o.code = c.code
  WHERE c.id = (SELECT r.id FROM setting w JOIN record r ON r.kind = 5 AND r.uid = w.value WHERE w.key = 'org_id'))
SELECT r.uid, s.name, s.id FROM staff s JOIN record r ON r.id = s.id
WHERE r.state = 0 AND coalesce(s.active, '2') <> '1' AND (s.organisation IS NULL OR s.organisation IN (SELECT id FROM own))
ORDER BY s.id LIMIT 2;

-- By name or code: of villages of one name the one in our own township or of our own clinic, and of one place that two computers
-- made the first one.
-- :name organisation_find
WITH home(region, org) AS MATERIALIZED (
  SELECT (SELECT substr(value, 1, 9) FROM setting WHERE key = 'region'),
    (SELECT r.id FROM setting w JOIN record r ON r.kind = 5 AND r.uid = w.value WHERE w.key = 'org_id')),
found(uid, id, far, place) AS MATERIALIZED (
  SELECT r.uid, o.id, CASE WHEN o.code <> '' THEN substr(o.code, 1, length(h.region)) <> h.region ELSE o.parent <> h.org END,
    coalesce(o.code, r.uid)
  FROM organisation o JOIN record r ON r.id = o.id CROSS JOIN home h
  WHERE r.state = 0 AND (o.name = :what OR o.code = :what))
SELECT min(uid), id FROM found WHERE coalesce(far, 0) = (SELECT min(coalesce(far, 0)) FROM found) GROUP BY place LIMIT 2;

-- :name number_next
SELECT next FROM number_block WHERE name = :name AND device = :device AND next <= last;

-- :name number_taken
UPDATE number_block SET next = :number + 1 WHERE name = :name AND device = :device;

-- :name village_code
SELECT coalesce(o.region_code, o.code) FROM organisation o JOIN record r ON r.id = o.id WHERE r.uid = :village AND r.kind = 5;

-- :name file_no_highest
SELECT CAST(substr(max(file_no), 13) AS INTEGER) FROM resident
WHERE file_no >= :village_code || printf('%05d', :lo) AND file_no <= :village_code || printf('%05d', :hi);

-- :name number_reserve
INSERT INTO number_block(name, device, next, last) VALUES (:name, :device, :next, :last)
ON CONFLICT(name, device) DO UPDATE SET next = excluded.next, last = excluded.last;

-- :name team_find
SELECT r.uid, t.id FROM team t JOIN record r ON r.id = t.id WHERE r.state = 0 AND t.name = :what LIMIT 2;

-- What drops the indexes that a file in the making does without, and what makes them again with what is known of their shares.
-- What is unique stays, and by what the records of a person are found at each save.
-- :name indexes_put_off
SELECT group_concat('DROP INDEX ' || i.name, ';'),
  group_concat(i.sql || iif(s.idx IS NULL, '', printf(';INSERT INTO sqlite_stat1 VALUES (%Q, %Q, %Q)', s.tbl, s.idx, s.stat)), ';')
FROM sqlite_schema i LEFT JOIN sqlite_stat1 s ON s.idx = i.name
WHERE i.type = 'index' AND i.sql LIKE 'CREATE INDEX %'
  AND (SELECT x.name FROM pragma_index_info(i.name) x WHERE x.seqno = 0) <> 'resident';

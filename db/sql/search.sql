-- The search index.  lo and hi bound a range of keys: from lo on, below hi.

-- :name search_all_put
INSERT INTO search_all(key, name, resident, match) VALUES (:key, :name, :resident, :match)
ON CONFLICT(key, name, resident) DO UPDATE SET match = excluded.match;

-- :name search_all_drop
DELETE FROM search_all WHERE key = :key AND name = :name AND resident = :resident;

-- :name search_village_put
INSERT INTO search_village(village, key, name, resident, match) VALUES (:village, :key, :name, :resident, :match)
ON CONFLICT(village, key, name, resident) DO UPDATE SET match = excluded.match;

-- :name search_village_drop
DELETE FROM search_village WHERE village = :village AND key = :key AND name = :name AND resident = :resident;

-- :name search_all_range
SELECT resident, match, key, name FROM search_all WHERE key >= :lo AND key < :hi ORDER BY key, name, resident;

-- :name search_village_range
SELECT resident, match, key, name FROM search_village WHERE village = :village AND key >= :lo AND key < :hi
ORDER BY key, name, resident;

-- :name search_resident
SELECT name, village FROM resident WHERE id = :id;

-- :name search_id_number
SELECT p.id FROM resident p JOIN record r ON r.id = p.id
WHERE p.id_number >= :lo AND p.id_number < :hi AND r.state = 0 ORDER BY p.id_number LIMIT :limit;

-- :name search_file_no
SELECT p.id FROM resident p JOIN record r ON r.id = p.id
WHERE p.file_no >= :lo AND p.file_no < :hi AND r.state = 0 ORDER BY p.file_no LIMIT :limit;

-- :name search_birth
SELECT p.id FROM resident p JOIN record r ON r.id = p.id WHERE p.birth_date = :date AND r.state = 0 LIMIT :limit;

-- :name search_villages
SELECT o.id, o.name FROM organisation o JOIN record r ON r.id = o.id WHERE r.state = 0 AND o.kind = '1';

-- What a line of the list shows.
-- :name search_hit
SELECT r.uid, p.name, p.sex, p.birth_date, v.name, vr.uid, p.grp, p.house, p.id_number,
  CASE WHEN p.status = '2' AND p.home_until >= :today THEN '1' ELSE p.status END, p.phone,
  r.body ->> '$.kin_name', r.body ->> '$.kin_relation', r.body ->> '$.nickname', r.body ->> '$.phone_owner',
  r.body ->> '$.drug_allergy', p.village,
  (SELECT group_concat(c.aside ->> '$.drug_allergy') FROM sync_conflict c WHERE c.record = p.id AND c.state = 'open')
FROM resident p JOIN record r ON r.id = p.id
LEFT JOIN organisation v ON v.id = p.village LEFT JOIN record vr ON vr.id = p.village
WHERE p.id = :id;

-- :name search_programmes
SELECT DISTINCT e.programme FROM enrolment e JOIN record r ON r.id = e.id
WHERE e.resident = :id AND e.status = 'active' AND r.state = 0 ORDER BY e.programme;

-- :name search_contract
SELECT max(coalesce(c."end", '')) FROM contract c JOIN record r ON r.id = c.id
WHERE c.resident = :id AND c.status = 'active' AND r.state = 0;

-- People of one village with the same name, himself included; nobody counts beyond ten.
-- :name search_same_name
SELECT count(*) FROM (SELECT 1 FROM search_village WHERE village = :village AND key = :key LIMIT 10);

-- :name search_same_name_all
SELECT count(*) FROM (SELECT 1 FROM search_all WHERE key = :key LIMIT 10);

-- :name duplicates_birth
SELECT p.id, p.name, r.body ->> '$.birth_order' FROM resident p JOIN record r ON r.id = p.id
WHERE p.birth_date = :date AND p.sex = :sex AND r.state = 0 AND p.id <> :self;

-- :name duplicates_id
SELECT p.id FROM resident p JOIN record r ON r.id = p.id
WHERE p.id_number = :number AND r.state = 0 AND p.id <> :self;

-- :name duplicates_old_number
SELECT i.resident FROM person_identifier i JOIN record r ON r.id = i.resident
WHERE i.value = :number AND r.state = 0 AND i.resident <> :self;

-- :name former_add
INSERT OR IGNORE INTO former_name(resident, name) VALUES (:resident, :name);

-- :name former_names
SELECT name FROM former_name WHERE resident = :resident LIMIT :limit;

-- Rows of many residents at once.
-- :name search_pending_add
INSERT OR IGNORE INTO search_pending(resident) VALUES (:resident);

-- :name search_pending_all
INSERT OR IGNORE INTO search_pending(resident) SELECT id FROM resident;

-- :name search_pending_next
SELECT s.resident, r.revision, r.uid FROM search_pending s JOIN record r ON r.id = s.resident
WHERE s.resident > :after ORDER BY s.resident LIMIT :limit;

-- :name search_pending_done
DELETE FROM search_pending WHERE resident <= :last;

-- :name search_pending_any
SELECT EXISTS (SELECT 1 FROM search_pending);

-- :name search_source
SELECT r.state, r.revision, p.village, p.name, p.id_number, p.file_no, p.phone, p.house, r.body ->> '$.nickname',
  r.body ->> '$.kin_name', r.body ->> '$.name_alias', r.body ->> '$.contact_phone', r.body ->> '$.card_no'
FROM resident p JOIN record r ON r.id = p.id WHERE p.id = :id;

-- :name search_revision
SELECT r.revision FROM resident p JOIN record r ON r.id = p.id WHERE p.id = :id;

-- :name search_clear_all
DELETE FROM search_all;
-- :name search_clear_village
DELETE FROM search_village;

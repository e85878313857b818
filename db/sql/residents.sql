-- Links between files of one person, further numbers, lists of people.

-- Where the links lead to; a chain is followed to its end.
-- :name link_next
SELECT p.replaced_by FROM resident p JOIN record r ON r.id = p.id
WHERE p.id = :id AND p.replaced_by IS NOT NULL AND r.state = 2;

-- The records that stand at :from because their subject leads there through :row.
-- :name link_followers
WITH RECURSIVE down(id) AS (
  SELECT :row UNION
  SELECT p.id FROM down JOIN resident p ON p.replaced_by = down.id JOIN record r ON r.id = p.id WHERE r.state = 2)
SELECT q.id FROM record q
WHERE q.resident = :from AND q.id > :after AND q.body ->> '$.resident' IN (SELECT r.uid FROM down JOIN record r ON r.id = down.id)
ORDER BY q.id LIMIT :limit;

-- :name identifier_add
INSERT OR IGNORE INTO person_identifier(system, value, resident, use) VALUES (:system, :value, :resident, :use);

-- :name identifiers_clear
DELETE FROM person_identifier WHERE resident = :resident;

-- :name identifier_find
SELECT i.resident FROM person_identifier i JOIN record r ON r.id = i.resident
WHERE i.value = :value AND r.state = 0 AND i.resident <> coalesce(:self, 0) LIMIT 8;

-- ---- what a death or a move ends -------------------------------------------------------------------------------------

-- :name departure_is
SELECT status IN ('3', '4') FROM resident WHERE id = :resident;

-- :name departure_enrolments
SELECT e.id FROM enrolment e JOIN record r ON r.id = e.id AND r.state = 0
WHERE e.resident = :resident AND e.status <> 'ended';

-- :name departure_enrolments_over
SELECT e.id FROM enrolment e JOIN record r ON r.id = e.id AND r.state = 0
WHERE e.resident = :resident AND e.status = 'ended';

-- One that was renewed or handed over later may have run on the day.
-- :name departure_contracts
SELECT c.id FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.resident = :resident AND c.status IN ('active', 'terminating', 'pending', 'draft', 'renewed', 'transferred');

-- :name departure_contracts_over
SELECT c.id FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.resident = :resident AND c.status IN ('terminated', 'withdrawn', 'cancelled');

-- What else was saved in the group of one version.
-- :name group_others
SELECT DISTINCT c.record FROM change g JOIN change c ON c.grp = g.grp AND c.seq >= g.grp AND c.seq < g.grp + 200
WHERE g.record = :record AND g.revision = :revision AND c.record <> :record;

-- :name group_revision_of
SELECT c.revision FROM change g JOIN change c ON c.grp = g.grp AND c.record = :other
WHERE g.record = :record AND g.revision = :revision ORDER BY c.revision LIMIT 1;

-- Notes, refusals and telephone calls may be made about the dead.
-- :name after_day
SELECT id FROM record WHERE resident = :resident AND state = 0 AND day > :day AND kind NOT IN (12, 13, 20)
ORDER BY day, id;

-- ---- merging ---------------------------------------------------------------------------------------------------------

-- :name merge_enrolments
SELECT e.id FROM enrolment e JOIN record r ON r.id = e.id AND r.state = 0
WHERE e.resident = :resident AND e.status <> 'ended' ORDER BY e.programme, e.enrolled_on, e.id;

-- :name merge_contracts
SELECT count(*) FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.resident = :resident AND c.status IN ('active', 'terminating', 'pending');

-- :name merge_newest
SELECT p.id FROM resident p JOIN record r ON r.id = p.id AND r.state = 2
WHERE p.replaced_by = :resident ORDER BY r.changed_at DESC, p.id DESC LIMIT 1;

-- ---- the sweep for duplicates ----------------------------------------------------------------------------------------

-- :name sweep_all
SELECT p.id FROM resident p JOIN record r ON r.id = p.id AND r.state = 0 WHERE p.id > :after ORDER BY p.id LIMIT :limit;

-- :name sweep_changed
SELECT c.record, c.seq FROM change c JOIN record r ON r.id = c.record
WHERE c.seq > :after AND r.kind = 1 AND r.state = 0 ORDER BY c.seq LIMIT :limit;

-- :name sweep_newest
SELECT coalesce(max(seq), 0) FROM change;

-- :name sweep_count
SELECT count(*) FROM resident;

-- :name sweep_person
SELECT p.name, p.birth_date, p.sex, p.village, p.id_number, p.id_type, p.file_no, p.phone, r.body ->> '$.birth_order'
FROM resident p JOIN record r ON r.id = p.id AND r.state = 0 WHERE p.id = :id;

-- Whoever may be the same person, with what tells: the number, the day of birth in one village, the telephone.
-- :name sweep_others
SELECT p.id, p.name, p.birth_date, p.sex, p.id_number, p.id_type, r.body ->> '$.birth_order', 0
FROM resident p JOIN record r ON r.id = p.id AND r.state = 0 WHERE p.id_number = :id_number AND p.id <> :id
UNION ALL
SELECT p.id, p.name, p.birth_date, p.sex, p.id_number, p.id_type, r.body ->> '$.birth_order', 5
FROM person_identifier i JOIN resident p ON p.id = i.resident JOIN record r ON r.id = p.id AND r.state = 0
WHERE i.value = :id_number AND p.id <> :id
UNION ALL
SELECT p.id, p.name, p.birth_date, p.sex, p.id_number, p.id_type, r.body ->> '$.birth_order', 3
FROM resident p JOIN record r ON r.id = p.id AND r.state = 0 WHERE p.file_no = :file_no AND p.id <> :id
UNION ALL
SELECT p.id, p.name, p.birth_date, p.sex, p.id_number, p.id_type, r.body ->> '$.birth_order', 1
FROM resident p JOIN record r ON r.id = p.id AND r.state = 0
WHERE p.birth_date = :birth_date AND p.sex = :sex AND p.village IS :village AND p.id <> :id
UNION ALL
SELECT p.id, p.name, p.birth_date, p.sex, p.id_number, p.id_type, r.body ->> '$.birth_order', 4
FROM resident p JOIN record r ON r.id = p.id AND r.state = 0 WHERE p.phone = :phone AND p.id <> :id;

-- :name match_add
INSERT INTO match_candidate(a, b, reason) VALUES (:a, :b, :reason)
ON CONFLICT(a, b) DO UPDATE SET reason = excluded.reason WHERE decided = 0;

-- :name match_forget
DELETE FROM match_candidate WHERE decided = 0 AND (a = :id OR b = :id);

-- :name match_decide
INSERT INTO match_candidate(a, b, reason, decided) VALUES (:a, :b, 1, 1)
ON CONFLICT(a, b) DO UPDATE SET decided = 1;

-- :name match_pairs
SELECT m.a, m.b, m.reason, 0, CASE m.reason WHEN 0 THEN 0 WHEN 3 THEN 1 WHEN 5 THEN 1 WHEN 1 THEN 2 WHEN 4 THEN 3 ELSE 4 END AS rank, 0 AS age
FROM match_candidate m
JOIN record ra ON ra.id = m.a AND ra.state = 0 JOIN record rb ON rb.id = m.b AND rb.state = 0
JOIN resident pa ON pa.id = m.a JOIN resident pb ON pb.id = m.b
WHERE m.decided = 0 AND (:village IS NULL OR pa.village = :village OR pb.village = :village)
UNION ALL
SELECT p.replaced_by, p.id, 0, 1, 5, -r.changed_at FROM resident p JOIN record r ON r.id = p.id AND r.state = 2
WHERE p.replaced_by IS NOT NULL AND (:village IS NULL OR p.village = :village)
ORDER BY rank, age, 1, 2;

-- ---- lists of people: resident, day, what the words are made of ------------------------------------------------------

-- :name list_away
SELECT p.id, p.away_since, r.body ->> '$.away_where', p.away_back, p.home_until
FROM resident p JOIN record r ON r.id = p.id AND r.state = 0
WHERE p.status = '2' AND (:village IS NULL OR p.village = :village)
ORDER BY p.village, p.grp, p.house, p.id;

-- :name list_after_death
SELECT p.id, r.day, r.id, p.died_on FROM resident p
JOIN record pr ON pr.id = p.id AND pr.state = 0
JOIN record r ON r.resident = p.id AND r.state = 0 AND r.day > p.died_on AND r.kind NOT IN (12, 13, 20)
WHERE p.died_on IS NOT NULL AND (:village IS NULL OR p.village = :village)
ORDER BY r.day, r.id;

-- :name list_dead_phones
SELECT p.id, NULL, p.phone_state, p.phone, r.body ->> '$.contact_name', r.body ->> '$.contact_phone' FROM resident p JOIN record r ON r.id = p.id AND r.state = 0
WHERE p.phone_state IN ('2', '3') AND p.phone IS NOT NULL AND p.status NOT IN ('3', '4')
  AND (:village IS NULL OR p.village = :village)
ORDER BY p.village, p.grp, p.house, p.id;

-- :name list_no_number
SELECT p.id, NULL, r.body ->> '$.no_id', r.body ->> '$.no_id_reason' FROM resident p JOIN record r ON r.id = p.id AND r.state = 0
WHERE p.id_number IS NULL AND p.status NOT IN ('3', '4') AND (:village IS NULL OR p.village = :village)
ORDER BY p.village, p.grp, p.house, p.id;

-- ---- telephone verification -------------------------------------------------------------------------------------------

-- Whom each doctor says to have served in the period, with the newest service of each kind's last day.
-- :name verify_candidates
WITH served(doctor, resident, record, day) AS (
  SELECT f.doctor, f.resident, f.id, f.day FROM followup f JOIN record r ON r.id = f.id AND r.state = 0
  WHERE f.day BETWEEN :from AND :until AND f.blank = 0
  UNION ALL
  SELECT v.doctor, v.resident, v.id, v.day FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
  WHERE v.day BETWEEN :from AND :until AND v.status = 'finished'
  UNION ALL
  SELECT x.responsible, x.resident, x.id, x.day FROM exam x JOIN record r ON r.id = x.id AND r.state = 0
  WHERE x.day BETWEEN :from AND :until)
SELECT s.doctor, s.resident, s.record, max(s.day) FROM served s
JOIN record d ON d.id = s.doctor JOIN record p ON p.id = s.resident AND p.state = 0
JOIN resident q ON q.id = s.resident AND q.status <> '4'
GROUP BY s.doctor, s.resident ORDER BY d.uid, p.uid;

-- :name verify_draw_add
INSERT INTO verify_draw(seed, drawn_on, from_day, until_day, per_doctor, drawn_by)
VALUES (:seed, :today, :from, :until, :per_doctor, :actor);

-- :name verify_item_add
INSERT INTO verify_item(draw, resident, doctor, record) VALUES (:draw, :resident, :doctor, :record);

-- :name verify_newest
SELECT coalesce(max(id), 0) FROM verify_draw;

-- :name verify_draw_read
SELECT seed, drawn_on, from_day, until_day, per_doctor FROM verify_draw WHERE id = :draw;

-- :name verify_items
SELECT i.id, i.resident, s.name, i.record, i.answer, i.note, i.answered_on FROM verify_item i
LEFT JOIN staff s ON s.id = i.doctor WHERE i.draw = :draw ORDER BY i.id;

-- :name verify_item_person
SELECT r.uid FROM verify_item i JOIN record r ON r.id = i.resident WHERE i.id = :item;

-- :name verify_before
SELECT answer, answered_on, answered_by FROM verify_item WHERE id = :item;

-- What was noted stays when nothing is noted with the new answer.
-- :name verify_answer
UPDATE verify_item SET answer = :answer, note = coalesce(:note, note), answered_on = :today, answered_by = :actor WHERE id = :item;

-- :name verify_rates
SELECT s.name, count(*), sum(i.answer IS NOT NULL), sum(i.answer IS NOT NULL AND i.answer <> '5'), sum(coalesce(i.answer, '') = '1')
FROM verify_item i LEFT JOIN staff s ON s.id = i.doctor WHERE i.draw = :draw GROUP BY i.doctor ORDER BY min(i.id);

-- Her children born lately: by her number, else by her name in the household or village.
-- :name newborn_twins
SELECT count(*) FROM resident p JOIN record r ON r.id = p.id AND r.state = 0
WHERE p.birth_date >= :since AND (p.village = :village OR p.household = :household)
  AND (r.body ->> '$.guardian_id' = :guardian OR (:guardian IS NULL AND r.body ->> '$.kin_name' = :mother))
  AND r.body ->> '$.kin_relation' = '5';

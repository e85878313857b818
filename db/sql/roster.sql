-- The rosters: who is on one, in the order in which they are due; rows are read one by one as they are shown.

-- :name roster_ids
SELECT e.id FROM enrolment e
JOIN record er ON er.id = e.id AND er.state = 0
JOIN resident p ON p.id = e.resident AND p.status NOT IN ('3', '4')
JOIN record pr ON pr.id = p.id AND pr.state = 0
LEFT JOIN due d ON d.resident = e.resident AND d.task = 'followup' AND d.programme = e.programme AND d.record = e.id
LEFT JOIN followup f ON f.id = e.last_followup
WHERE e.status = 'active' AND (:programme IS NULL OR e.programme = :programme)
  AND (:which <> 1 OR d.due < :today)
  AND (:which <> 2 OR e.last_face IS NULL OR e.last_face < :quarter)
  AND (:which <> 3 OR f.controlled = 0)
ORDER BY d.due IS NULL, d.due, e.id;

-- One village: from its people, who are few, and not from everybody on the roster.
-- :name roster_ids_village
SELECT e.id FROM resident p
CROSS JOIN enrolment e ON e.resident = p.id
JOIN record er ON er.id = e.id AND er.state = 0
JOIN record pr ON pr.id = p.id AND pr.state = 0
LEFT JOIN due d ON d.resident = e.resident AND d.task = 'followup' AND d.programme = e.programme AND d.record = e.id
LEFT JOIN followup f ON f.id = e.last_followup
WHERE p.village = :village AND p.status NOT IN ('3', '4') AND e.status = 'active' AND (:programme IS NULL OR e.programme = :programme)
  AND (:which <> 1 OR d.due < :today)
  AND (:which <> 2 OR e.last_face IS NULL OR e.last_face < :quarter)
  AND (:which <> 3 OR f.controlled = 0)
ORDER BY d.due IS NULL, d.due, e.id;

-- :name roster_row
SELECT e.id, e.programme, e.last_day, e.last_face, d.due, f.sbp, f.dbp, f.class, f.controlled, f.mode,
  p.id, pr.uid, p.name, p.sex, p.birth_date, p.status, p.grp, p.house, p.phone, v.name, pr.body, er.uid
FROM enrolment e
JOIN record er ON er.id = e.id
JOIN resident p ON p.id = e.resident
JOIN record pr ON pr.id = p.id
LEFT JOIN organisation v ON v.id = p.village
LEFT JOIN due d ON d.resident = e.resident AND d.task = 'followup' AND d.programme = e.programme AND d.record = e.id
LEFT JOIN followup f ON f.id = e.last_followup
WHERE e.id = :id;

-- :name roster_resident
SELECT r.uid FROM enrolment e JOIN record r ON r.id = e.resident WHERE e.id = :id;

-- ---- households and contracts ------------------------------------------------------------------------------------------

-- :name household_members
SELECT p.id FROM resident p JOIN record r ON r.id = p.id AND r.state = 0 WHERE p.household = :household
ORDER BY p.status, p.birth_date, p.id;

-- :name households_of_village
SELECT h.id FROM household h JOIN record r ON r.id = h.id AND r.state = 0
WHERE :village IS NULL OR h.village = :village ORDER BY h.village, h.house, h.name, h.id;

-- :name household_row
SELECT r.uid, h.name, h.house, v.name,
  (SELECT count(*) FROM resident p JOIN record pr ON pr.id = p.id AND pr.state = 0 WHERE p.household = h.id), r.body
FROM household h JOIN record r ON r.id = h.id LEFT JOIN organisation v ON v.id = h.village WHERE h.id = :id;

-- :name contract_credits
SELECT
  (SELECT count(*) FROM followup f JOIN record r ON r.id = f.id AND r.state = 0
   WHERE f.resident = :resident AND f.face = 1 AND f.day BETWEEN :from AND :until),
  (SELECT count(*) FROM exam x JOIN record r ON r.id = x.id AND r.state = 0
   WHERE x.resident = :resident AND x.day BETWEEN :from AND :until),
  (SELECT count(*) FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
   WHERE v.resident = :resident AND v.status = 'finished' AND v.day BETWEEN :from AND :until);

-- :name contract_latest
SELECT c.id FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.resident = :resident AND c.status IN ('active', 'renewed') ORDER BY c."end" DESC LIMIT 1;

-- :name referral_source
SELECT f.id FROM followup f JOIN record r ON r.id = f.id AND r.state = 0
WHERE f.resident = :resident AND f.day >= :day ORDER BY f.day DESC, f.id DESC LIMIT 1;

-- :name referral_last_to
SELECT r.body FROM referral f JOIN record r ON r.id = f.id AND r.state = 0
WHERE f.direction = 'up' ORDER BY f.id DESC LIMIT 1;

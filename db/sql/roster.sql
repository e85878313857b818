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
  AND (:which <> 2 OR (e.resident NOT IN (SELECT id FROM unreachable)
    AND (e.last_face IS NULL OR e.last_face < :quarter) AND instr(:seldom, ',' || e.programme || ',') = 0))
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
  AND (:which <> 2 OR (e.resident NOT IN (SELECT id FROM unreachable)
    AND (e.last_face IS NULL OR e.last_face < :quarter) AND instr(:seldom, ',' || e.programme || ',') = 0))
  AND (:which <> 3 OR f.controlled = 0)
ORDER BY d.due IS NULL, d.due, e.id;

-- :name roster_row
SELECT e.id, e.programme, e.last_day, e.last_face, d.due, f.value, f.class, f.controlled,
  p.id, pr.uid, p.name, p.sex, p.birth_date,
  CASE WHEN p.status = '2' AND p.home_until >= :today THEN '1' ELSE p.status END, p.grp, p.house, p.phone, v.name, pr.body, er.uid
FROM enrolment e
JOIN record er ON er.id = e.id
JOIN resident p ON p.id = e.resident
JOIN record pr ON pr.id = p.id
LEFT JOIN organisation v ON v.id = p.village
LEFT JOIN due d ON d.resident = e.resident AND d.task = 'followup' AND d.programme = e.programme AND d.record = e.id
LEFT JOIN followup f ON f.id = e.last_followup
WHERE e.id = :id;

-- ---- households and contracts ------------------------------------------------------------------------------------------

-- :name household_members
SELECT p.id FROM resident p JOIN record r ON r.id = p.id AND r.state = 0 WHERE p.household = :household
ORDER BY p.status, p.id IS NOT (SELECT h.head FROM household h WHERE h.id = :household), p.birth_date, p.id;

-- :name household_row
SELECT r.uid, h.name, h.house, v.name,
  (SELECT count(*) FROM resident p JOIN record pr ON pr.id = p.id AND pr.state = 0 WHERE p.household = h.id), r.body
FROM household h JOIN record r ON r.id = h.id LEFT JOIN organisation v ON v.id = h.village WHERE h.id = :id;

-- :name contract_done
SELECT item, count(*) FROM credit WHERE contract = :contract AND day <= :today GROUP BY item;

-- Who has a contract with a team, a doctor; which of them are chronic patients.  One's own is left out.
-- :name contract_load
SELECT count(*) FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.team = :team AND c.status IN ('active', 'terminating') AND (c."end" IS NULL OR c."end" >= :day) AND c.resident <> :resident;

-- :name contract_load_doctor
SELECT count(*) FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.doctor = :doctor AND c.status IN ('active', 'terminating') AND (c."end" IS NULL OR c."end" >= :day) AND c.resident <> :resident;

-- :name contract_load_chronic
SELECT count(*) FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.team = :team AND c.status IN ('active', 'terminating') AND (c."end" IS NULL OR c."end" >= :day) AND c.resident <> :resident
  AND EXISTS (SELECT 1 FROM enrolment e JOIN record er ON er.id = e.id AND er.state = 0
    WHERE e.resident = c.resident AND e.status = 'active' AND instr(:diseases, ',' || e.programme || ',') > 0);

-- :name contract_latest
SELECT c.id FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.resident = :resident AND c.status IN ('active', 'renewed', 'terminated', 'transferred')
ORDER BY c.start DESC, c.status = 'active' DESC, c.id DESC LIMIT 1;

-- :name referral_source
SELECT f.id FROM followup f JOIN record r ON r.id = f.id AND r.state = 0
WHERE f.resident = :resident AND f.day >= :day AND f.blank = 0 ORDER BY f.day DESC, f.id DESC LIMIT 1;

-- :name referral_last_to
SELECT r.body FROM referral f JOIN record r ON r.id = f.id AND r.state = 0
WHERE f.direction = 'up' ORDER BY f.id DESC LIMIT 1;

-- ---- services given under a contract ------------------------------------------------------------------------------------

-- :name contract_on_day
SELECT contract FROM service_term WHERE resident = :resident AND :day BETWEEN "from" AND until ORDER BY "from" DESC LIMIT 1;

-- :name contract_covers
SELECT count(*) FROM service_term WHERE contract = :contract AND :day BETWEEN "from" AND until;

-- :name contract_promises
SELECT count(*) FROM promise WHERE contract = :contract AND item = :item;

-- :name credit_on_day
SELECT count(*) FROM credit WHERE contract = :contract AND item = :item AND day = :day AND source <> :self;

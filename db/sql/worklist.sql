-- Everything due from a day on, by person; whose task is the most pressing, then the most overdue, first.  A person's day is
-- that of his most pressing task: a result that waits since spring does not make a follow-up of today look forgotten.
-- :village and :programme are optional filters.

-- :name worklist
SELECT d.resident, d.task, d.programme, d.due, d.reading, p.name, p.sex, p.birth_date,
  CASE WHEN p.status = '2' AND p.home_until >= :until THEN '1' ELSE p.status END, p.grp, p.phone, v.name, r.uid,
  r.body ->> '$.phone_owner',
  w.first, rec.uid,
  (SELECT CASE c.outcome WHEN '5' THEN c.phone END FROM call c JOIN record cr ON cr.id = c.id AND cr.state = 0
    WHERE c.resident = p.id ORDER BY c.day DESC, c.id DESC LIMIT 1),
  r.body ->> '$.contact_phone', r.body ->> '$.contact_name',
  (SELECT group_concat(value) FROM json_each(r.body, '$.disability') WHERE r.body ->> '$.contact_phone' IS NOT NULL)
FROM (SELECT resident, substr(min(urgency || due), 2) AS first, min(urgency || due) AS rank FROM due
      WHERE :until BETWEEN show_from AND show_until AND (:village IS NULL OR village = :village) AND (:programme IS NULL OR programme = :programme)
      GROUP BY resident ORDER BY rank, resident LIMIT :limit) w
JOIN due d ON d.resident = w.resident AND :until BETWEEN d.show_from AND d.show_until AND (:programme IS NULL OR d.programme = :programme)
JOIN resident p ON p.id = d.resident
JOIN record r ON r.id = p.id
JOIN record rec ON rec.id = d.record
LEFT JOIN organisation v ON v.id = p.village
ORDER BY w.rank, d.resident, d.urgency, d.due;

-- :name worklist_due_today
SELECT count(DISTINCT resident) FROM due WHERE :today BETWEEN show_from AND show_until AND due = :today AND (:village IS NULL OR village = :village);

-- :name worklist_overdue
SELECT count(DISTINCT resident) FROM due WHERE :today BETWEEN show_from AND show_until AND due < :today AND (:village IS NULL OR village = :village);

-- :name count_task
SELECT count(DISTINCT resident) FROM due WHERE task = :task AND :today BETWEEN show_from AND show_until AND (:village IS NULL OR village = :village);

-- The gravest finding of an inspection; there are few dead, and each has an index.
-- :name count_after_death
SELECT count(*) FROM resident p JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE p.died_on IS NOT NULL AND (:village IS NULL OR p.village = :village)
  AND EXISTS (SELECT 1 FROM record r WHERE r.resident = p.id AND r.day > p.died_on AND r.state = 0 AND r.kind NOT IN (12, 13, 20));

-- What both sides changed and a person has to decide.
-- :name count_disputed
SELECT count(*) FROM sync_conflict c LEFT JOIN record r ON r.id = c.record LEFT JOIN resident p ON p.id = coalesce(r.resident, r.id)
WHERE c.state = 'open' AND (:village IS NULL OR p.village IS NULL OR p.village = :village);

-- ID numbers that two living files have: no save allows it, an exchange may bring it; where there was none nothing is looked for.
-- :name count_same_number
SELECT count(*) FROM (SELECT p.id_number FROM resident p JOIN record r ON r.id = p.id AND r.state = 0
WHERE p.id_number IS NOT NULL AND EXISTS (SELECT 1 FROM sync_remote WHERE last_pull > 0)
  AND (:village IS NULL OR p.village = :village)
GROUP BY p.id_number HAVING count(*) > 1);

-- Before the festival somebody asks who comes home; who was answered for is asked about no more.
-- :name count_away_january
SELECT count(*) FROM resident p JOIN record r ON r.id = p.id AND r.state = 0
WHERE substr(:today, 6, 2) = '01' AND p.status = '2' AND (p.home_until IS NULL OR p.home_until < :today)
  AND (:village IS NULL OR p.village = :village);

-- :name count_exam_missing
SELECT count(*) FROM resident p
WHERE p.birth_date <= (substr(:year, 1, 4) - 65) || '-12-31' AND p.status NOT IN ('3', '4')
  AND (:village IS NULL OR p.village = :village) AND p.id NOT IN (SELECT id FROM unreachable)
  AND p.id NOT IN (SELECT resident FROM exam WHERE day >= :year AND examined AND resident IS NOT NULL
    AND id NOT IN (SELECT id FROM record WHERE state <> 0))
  AND p.id NOT IN (SELECT id FROM record WHERE state <> 0);

-- :name worklist_quarter_missing
-- Few records are void: they are listed once instead of looked up one by one.
SELECT count(DISTINCT e.resident) FROM enrolment e
JOIN resident p ON p.id = e.resident AND p.status NOT IN ('3', '4')
WHERE e.status = 'active' AND (e.last_face IS NULL OR e.last_face < :quarter)
  AND instr(:seldom, ',' || e.programme || ',') = 0 AND (:village IS NULL OR p.village = :village)
  AND e.resident NOT IN (SELECT id FROM unreachable)
  AND e.id NOT IN (SELECT id FROM record WHERE state <> 0)
  AND e.resident NOT IN (SELECT id FROM record WHERE state <> 0);

-- :name worklist_waiting
SELECT count(*) FROM (SELECT 1 FROM outbox o WHERE o.remote = 1 AND o.state < 6 AND o.state < 5 AND (o.state <> 1 OR NOT EXISTS (
  SELECT 1 FROM outbox x WHERE x.record = o.record AND x.remote = 1 AND x.seq < o.seq AND x.state <= 6)) LIMIT 10000);

-- The last reading, whatever came after it without one; and whether the sheet that set the date (as due_followups has it)
-- asked for a recheck.
-- :name worklist_last
SELECT (SELECT f.value FROM followup f JOIN record r ON r.id = f.id AND r.state = 0
    WHERE f.resident = e.resident AND f.programme = e.programme AND f.value IS NOT NULL ORDER BY f.day DESC, f.id DESC LIMIT 1),
  coalesce((SELECT julianday(f.next_due) - julianday(f.day) <= 14 FROM followup f JOIN record r ON r.id = f.id AND r.state = 0
    WHERE f.resident = e.resident AND f.programme = e.programme AND f.next_due IS NOT NULL AND f.blank = 0
      AND (f.face = 1 OR f.mode IS NULL OR f.mode = '3') ORDER BY f.day DESC, f.id DESC LIMIT 1), 0)
FROM enrolment e
WHERE e.resident = :resident AND e.programme = :programme AND e.status = 'active' AND e.last_followup IS NOT NULL LIMIT 1;

-- Entry of paper: the sheets of one day and doctor that one hand entered.
-- :name batch_followups
SELECT r.id FROM followup f JOIN record r ON r.id = f.id AND r.state = 0
WHERE f.day = :day AND f.programme = :programme AND f.doctor = :doctor AND r.changed_by = :actor AND r.created_at >= :since
ORDER BY r.id DESC;

-- :name batch_exams
SELECT r.id FROM exam x JOIN record r ON r.id = x.id AND r.state = 0
WHERE x.day = :day AND x.responsible = :doctor AND r.changed_by = :actor AND r.created_at >= :since
ORDER BY r.id DESC;

-- :name batch_visits
SELECT r.id FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
WHERE v.day = :day AND v.doctor = :doctor AND r.changed_by = :actor AND r.created_at >= :since
ORDER BY r.id DESC;

-- :name due_alike
SELECT count(*) FROM due WHERE resident = :resident AND task = :task AND :today <= show_until;

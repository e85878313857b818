-- What is due for one resident, derived from his records: one statement a kind of task (app/service/tasks.c), with :task and
-- :urgency of its row.  Nothing is due for the dead and for those who moved away.

-- :name due_clear
DELETE FROM due WHERE resident = :resident;

-- :name roster_refresh
UPDATE enrolment SET
  last_followup = (SELECT f.id FROM followup f JOIN record r ON r.id = f.id
    WHERE f.resident = enrolment.resident AND f.programme = enrolment.programme AND r.state = 0
    ORDER BY f.day DESC, f.id DESC LIMIT 1),
  last_day = (SELECT max(f.day) FROM followup f JOIN record r ON r.id = f.id
    WHERE f.resident = enrolment.resident AND f.programme = enrolment.programme AND r.state = 0),
  last_face = (SELECT max(f.day) FROM followup f JOIN record r ON r.id = f.id
    WHERE f.resident = enrolment.resident AND f.programme = enrolment.programme AND r.state = 0 AND f.face = 1)
WHERE resident = :resident;

-- :name due_followups
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, village)
SELECT e.resident, :task, :urgency, e.programme, e.id, d.due, d.due, p.village
FROM enrolment e
JOIN record er ON er.id = e.id AND er.state = 0
JOIN resident p ON p.id = e.resident AND p.status NOT IN ('3', '4')
JOIN record pr ON pr.id = p.id AND pr.state = 0
JOIN (SELECT e2.id AS id, coalesce(f.next_due, e2.next_due, date(e2.enrolled_on, '+3 months')) AS due
      FROM enrolment e2 LEFT JOIN followup f ON f.id = e2.last_followup WHERE e2.resident = :resident) d ON d.id = e.id
WHERE e.resident = :resident AND e.status = 'active' AND d.due IS NOT NULL;

-- :name due_referral_checks
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, village)
SELECT f.resident, :task, :urgency, coalesce(f.programme, ''), f.id, coalesce(f.check_by, f.day), coalesce(f.check_by, f.day),
  p.village
FROM referral f
JOIN record fr ON fr.id = f.id AND fr.state = 0
JOIN resident p ON p.id = f.resident AND p.status NOT IN ('3', '4')
JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE f.resident = :resident AND f.direction = 'up' AND f.checked_on IS NULL
  AND f.status IN ('requested', 'accepted', 'in_progress');

-- :name due_referral_answers
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, village)
SELECT f.resident, :task, :urgency, coalesce(f.programme, ''), f.id, coalesce(f.check_by, f.day), f.day, p.village
FROM referral f
JOIN record fr ON fr.id = f.id AND fr.state = 0
JOIN resident p ON p.id = f.resident AND p.status NOT IN ('3', '4')
JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE f.resident = :resident AND f.direction = 'up' AND f.checked_on IS NULL AND f.status IN ('rejected', 'returned');

-- :name due_contracts
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, village)
SELECT c.resident, :task, :urgency, '', c.id, c."end", date(c."end", '-30 days'), p.village
FROM contract c
JOIN record cr ON cr.id = c.id AND cr.state = 0
JOIN resident p ON p.id = c.resident AND p.status NOT IN ('3', '4')
JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE c.resident = :resident AND c.status = 'active' AND c."end" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM contract n JOIN record nr ON nr.id = n.id AND nr.state = 0
    WHERE n.resident = c.resident AND n.status IN ('active', 'pending') AND n.start > c.start);

-- Printed forms.

-- :name paper_followups
SELECT f.id FROM followup f JOIN record r ON r.id = f.id AND r.state = 0
WHERE f.resident = :resident AND f.programme = :programme AND f.day BETWEEN :from AND :to AND f.blank = 0 AND f.id <> :self
ORDER BY f.day DESC, f.id DESC;

-- What the next place needs of somebody who moved away.
-- :name handover_rosters
SELECT e.programme, e.enrolled_on, e.last_day, f.value, f.class
FROM enrolment e JOIN record r ON r.id = e.id AND r.state = 0 LEFT JOIN followup f ON f.id = e.last_followup
WHERE e.resident = :resident ORDER BY e.programme, e.enrolled_on;

-- :name handover_open
SELECT (SELECT t.name FROM contract c JOIN record r ON r.id = c.id AND r.state = 0 LEFT JOIN team t ON t.id = c.team
    WHERE c.resident = :resident ORDER BY c.start DESC LIMIT 1),
  (SELECT coalesce(c.ended_on, c."end") FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
    WHERE c.resident = :resident ORDER BY c.start DESC LIMIT 1),
  (SELECT count(*) FROM referral f JOIN record r ON r.id = f.id AND r.state = 0
    WHERE f.resident = :resident AND f.status IN ('requested', 'accepted', 'in_progress'));

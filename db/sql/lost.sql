-- People who cannot be found: app/service/lost.c.

-- :name lost_rule
SELECT attempts FROM lost_rule;

-- :name lost_is_gone
SELECT EXISTS (SELECT 1 FROM unreachable WHERE id = :resident);

-- :name lost_residents
SELECT p.id FROM resident p JOIN record r ON r.id = p.id AND r.state = 0 WHERE p.status = '5';

-- Calls without an answer or to a wrong number since he was last seen or reached.
-- :name lost_calls
SELECT count(*) FROM call c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.resident = :resident AND c.outcome IN ('4', '5')
  AND c.day > coalesce((SELECT max(s.day) FROM record s WHERE s.resident = :resident AND s.state = 0
    AND (s.kind IN (9, 10) OR (s.kind = 8 AND s.id IN (SELECT f.id FROM followup f WHERE f.resident = :resident AND f.face = 1)))), '')
  AND c.day > coalesce((SELECT max(h.day) FROM call h JOIN record hr ON hr.id = h.id AND hr.state = 0
    WHERE h.resident = :resident AND h.outcome NOT IN ('4', '5')), '');

-- Lost himself, or on a roster that lost him: both are few.
-- :name lost_here
SELECT EXISTS (SELECT 1 FROM resident WHERE id = :resident AND status = '5')
  OR EXISTS (SELECT 1 FROM enrolment e JOIN record r ON r.id = e.id AND r.state = 0
    WHERE e.resident = :resident AND e.status = 'lost');

-- :name lost_enrolments
SELECT e.id FROM enrolment e JOIN record r ON r.id = e.id AND r.state = 0 WHERE e.resident = :resident AND e.status = 'lost';

-- Nothing is asked of anybody about him any more (lost_is_gone); what needs the doctor alone stays.
-- :name due_lost
DELETE FROM due WHERE resident = :resident
  AND task NOT IN ('notice', 'unsigned_followup', 'unsigned_visit', 'referral_answer');

-- :name exam_is_examined
SELECT examined FROM exam WHERE id = :id;

-- What is due for one resident, derived from his records: one statement a kind of task (app/service/tasks.c), with :task and
-- :urgency of its row; what is on the list for a while only says its last day, show_until, :lasts after the day it is about, and what
-- is past that is not inserted.  Nothing is due for the dead and for those who moved away.

-- A kind as often as there are records of it: sorting out the doubles would cost more.
-- :name kinds_of_resident
SELECT kind FROM record WHERE resident = :resident;

-- :name due_clear
DELETE FROM due WHERE resident = :resident;

-- :name roster_refresh
UPDATE enrolment SET
  last_followup = (SELECT f.id FROM followup f JOIN record r ON r.id = f.id
    WHERE f.resident = enrolment.resident AND f.programme = enrolment.programme AND r.state = 0 AND f.blank = 0
    ORDER BY f.day DESC, f.id DESC LIMIT 1),
  last_day = (SELECT max(f.day) FROM followup f JOIN record r ON r.id = f.id
    WHERE f.resident = enrolment.resident AND f.programme = enrolment.programme AND r.state = 0 AND f.blank = 0),
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
JOIN (SELECT e2.id AS id, coalesce(
        -- the last that says a date; what a relative reports moves nothing, nor does a blank sheet: the follow-up stays due
        -- (worklist_last asks for the same sheet)
        (SELECT f.next_due FROM followup f JOIN record fr ON fr.id = f.id AND fr.state = 0
         WHERE f.resident = e2.resident AND f.programme = e2.programme AND f.next_due IS NOT NULL AND f.blank = 0
           AND (f.face = 1 OR f.mode IS NULL OR f.mode = '3')
         ORDER BY f.day DESC, f.id DESC LIMIT 1),
        e2.next_due, date(e2.enrolled_on, '+3 months')) AS due
      FROM enrolment e2 WHERE e2.resident = :resident) d ON d.id = e.id
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

-- Sent back by the hospital, by a referral down or with the return form of ours: seen here within two weeks, or it is on the
-- list.
-- :name due_referral_returns
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, show_until, village)
SELECT b.resident, :task, :urgency, '', b.id, date(b.day, '+14 days'), b.day, date(b.day, :lasts), p.village
FROM (SELECT f.id, f.resident, CASE f.direction WHEN 'down' THEN f.day ELSE fr.body ->> '$.returned_on' END AS day
  FROM referral f JOIN record fr ON fr.id = f.id AND fr.state = 0
  WHERE f.resident = :resident AND f.status NOT IN ('draft', 'rejected', 'expired', 'cancelled')) b
JOIN resident p ON p.id = b.resident AND p.status NOT IN ('3', '4')
JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE length(b.day) = 10 AND date(b.day, :lasts) >= :today
  AND NOT EXISTS (SELECT 1 FROM record s WHERE s.resident = :resident AND s.state = 0 AND s.kind IN (8, 9) AND s.day >= b.day
    AND NOT EXISTS (SELECT 1 FROM followup n WHERE n.id = s.id AND NOT n.face))
ORDER BY b.day DESC LIMIT 1;

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

-- Printed or read out, and not signed yet: from its first day on it is in nobody's force.
-- :name due_contracts_unsigned
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, village)
SELECT c.resident, :task, :urgency, '', c.id, c.start, date(c.start, '-30 days'), p.village
FROM contract c
JOIN record cr ON cr.id = c.id AND cr.state = 0
JOIN resident p ON p.id = c.resident AND p.status NOT IN ('3', '4')
JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE c.resident = :resident AND c.status = 'pending' AND c.start IS NOT NULL;

-- The screening book: the newest sheet with a pressure, the newest with a glucose, and the newest with either for the high risk:
-- a sheet without the reading says nothing about it.  Confirmed or ruled out on any of them or later: no longer asked for.
-- Nobody on a roster is screened.
-- :name due_screenings
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, village)
SELECT r.resident, :task, :urgency, '', r.id, r.body ->> '$.next_due', r.body ->> '$.next_due', p.village
FROM record r
JOIN screening_open s ON s.id = r.id
JOIN resident p ON p.id = r.resident AND p.status NOT IN ('3', '4')
JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE r.resident = :resident AND r.kind = 17 AND r.body ->> '$.next_due' IS NOT NULL
  AND (s.raised OR s.suspected OR s.high_risk)
  AND NOT EXISTS (SELECT 1 FROM enrolment e JOIN record er ON er.id = e.id AND er.state = 0
    WHERE e.resident = :resident AND e.status = 'active');

-- Where the newest reading that still counts may stand: visits and examinations open the task, whatever came after them closes it
-- (a follow-up of another programme, a sheet of the screening book).  None for whom is on the roster already or was judged by the
-- higher hospital.  :k1 ... are keys in quotes.
-- :name raised_records
SELECT id, kind, day FROM record r
WHERE resident = :resident AND state = 0 AND kind IN (8, 9, 10, 17) AND date(day, :lasts) >= :today
  AND (instr(body, :k1) OR instr(body, :k2) OR instr(body, :k3) OR instr(body, :k4))
  AND EXISTS (SELECT 1 FROM record s WHERE s.resident = :resident AND s.state = 0 AND s.kind IN (9, 10) AND date(s.day, :lasts) >= :today)
  AND NOT EXISTS (SELECT 1 FROM enrolment e JOIN record er ON er.id = e.id AND er.state = 0
    WHERE e.resident = :resident AND e.programme = :programme AND e.status = 'active')
  AND NOT EXISTS (SELECT 1 FROM record c WHERE c.resident = :resident AND c.kind = 17 AND c.state = 0 AND c.day >= r.day
    AND c.body ->> '$.confirmed' IN ('1', '2', '3'))
ORDER BY day DESC, id DESC LIMIT :limit;

-- :name due_raised
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, show_until, reading, village)
SELECT p.id, :task, :urgency, :programme, :record, :due, :due, date(:day, :lasts), :reading, p.village
FROM resident p JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE p.id = :resident AND p.status NOT IN ('3', '4') AND (p.birth_date IS NULL OR p.birth_date <= :born);

-- A promised call, until somebody called again.
-- :name due_calls
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, village)
SELECT c.resident, :task, :urgency, '', c.id, c.again_on, c.again_on, p.village
FROM call c
JOIN resident p ON p.id = c.resident AND p.status NOT IN ('3', '4')
JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE c.resident = :resident AND c.outcome = '2' AND c.again_on IS NOT NULL
  AND c.id = (SELECT c2.id FROM call c2 JOIN record r2 ON r2.id = c2.id AND r2.state = 0
    WHERE c2.resident = :resident ORDER BY c2.day DESC, c2.id DESC LIMIT 1)
  AND NOT EXISTS (SELECT 1 FROM record s WHERE s.resident = :resident AND s.state = 0 AND s.kind IN (8, 9, 10) AND s.day > c.day
    AND NOT EXISTS (SELECT 1 FROM followup b WHERE b.id = s.id AND b.blank));

-- A referral that was refused is looked after in two weeks all the same, unless he was seen since.
-- :name due_refused_referrals
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, village)
SELECT f.resident, :task, :urgency, coalesce(f.programme, ''), f.id, date(f.day, '+14 days'), date(f.day, '+14 days'), p.village
FROM refusal f
JOIN record fr ON fr.id = f.id AND fr.state = 0
JOIN resident p ON p.id = f.resident AND p.status NOT IN ('3', '4')
JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE f.resident = :resident AND f.what = '4'
  AND NOT EXISTS (SELECT 1 FROM followup u JOIN record ur ON ur.id = u.id AND ur.state = 0
    WHERE u.resident = f.resident AND u.day > f.day AND u.face = 1 AND (f.programme IS NULL OR u.programme = f.programme))
  AND NOT EXISTS (SELECT 1 FROM referral g JOIN record gr ON gr.id = g.id AND gr.state = 0
    WHERE g.resident = f.resident AND g.day >= f.day AND g.direction = 'up');

-- Put off: not shown before the day that was agreed on, unless he was seen after it was said.  The task stays due.
-- :name due_put_off_by_call
UPDATE due SET show_from = max(show_from, (SELECT c.again_on FROM due d JOIN call c ON c.id = d.record
    WHERE d.resident = :resident AND d.task = 'call_back'))
WHERE resident = :resident AND urgency > 0 AND task <> 'call_back'
  AND EXISTS (SELECT 1 FROM due d WHERE d.resident = :resident AND d.task = 'call_back');

-- :name due_put_off_by_refusal
UPDATE due SET show_from = max(show_from, coalesce((SELECT max(f.ask_again) FROM refusal f JOIN record fr ON fr.id = f.id AND fr.state = 0
    WHERE f.resident = :resident AND f.what = :refusal AND (f.programme IS NULL OR due.programme = '' OR f.programme = due.programme)
      AND NOT EXISTS (SELECT 1 FROM record s WHERE s.resident = :resident AND s.state = 0 AND s.kind IN (8, 10) AND s.day > f.day
        AND NOT EXISTS (SELECT 1 FROM followup b WHERE b.id = s.id AND b.blank))),
  show_from))
WHERE resident = :resident AND task = :task;

-- :name due_notices
-- On the list from the day of the diagnosis; a card whose visit was void is no card.
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, village)
SELECT n.resident, :task, :urgency, '', n.id, coalesce(substr(n.deadline, 1, 10), n.day), n.day, p.village
FROM notice n
JOIN record nr ON nr.id = n.id AND nr.state = 0
JOIN resident p ON p.id = n.resident
JOIN record pr ON pr.id = p.id AND pr.state = 0
LEFT JOIN record v ON v.id = n.visit
WHERE n.resident = :resident AND n.status = '1' AND coalesce(v.state, 0) = 0;

-- The newest examination that has results and was not given back: from a week after it, at the latest two.
-- :name due_exam_feedback
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, show_until, village)
SELECT x.resident, :task, :urgency, '', x.id, date(x.day, '+14 days'), date(x.day, '+7 days'), date(x.day, :lasts), p.village
FROM exam x
JOIN record xr ON xr.id = x.id AND xr.state = 0
JOIN resident p ON p.id = x.resident AND p.status NOT IN ('3', '4')
JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE x.resident = :resident AND x.results AND x.feedback_date IS NULL AND date(x.day, :lasts) >= :today
  AND NOT EXISTS (SELECT 1 FROM exam n JOIN record nr ON nr.id = n.id AND nr.state = 0
    WHERE n.resident = x.resident AND n.results AND (n.day > x.day OR (n.day = x.day AND n.id > x.id)));

-- The resident's page: one query a part, each by an index.

-- :name overview_timeline
SELECT id FROM record WHERE resident = :resident AND state = 0 AND day IS NOT NULL AND day <= :until
ORDER BY day DESC, id DESC LIMIT :limit OFFSET :offset;

-- :name overview_timeline_count
SELECT count(*) FROM record WHERE resident = :resident AND state = 0 AND day IS NOT NULL;

-- :name overview_programmes
SELECT e.id, e.programme, e.enrolled_on, e.status, e.last_followup, d.due,
  -- his drugs stand on the newest sheet that lists any: on the telephone nobody asks for all of them again
  (SELECT f.id FROM followup f JOIN record fr ON fr.id = f.id AND fr.state = 0
    WHERE f.resident = e.resident AND f.programme = e.programme AND f.day > date(e.last_day, '-1 year')
      AND instr(fr.body, '"drugs":[') > 0 ORDER BY f.day DESC, f.id DESC LIMIT 1)
FROM enrolment e JOIN record r ON r.id = e.id AND r.state = 0
LEFT JOIN due d ON d.resident = e.resident AND d.task = 'followup' AND d.programme = e.programme AND d.record = e.id
WHERE e.resident = :resident AND e.status <> 'ended' ORDER BY e.programme;

-- The newest records whose body may hold a value: :k1 ... are its keys in quotes.
-- :name series_records
SELECT id FROM record WHERE resident = :resident AND state = 0 AND day IS NOT NULL
  AND (instr(body, :k1) OR instr(body, :k2) OR instr(body, :k3) OR instr(body, :k4))
ORDER BY day DESC, id DESC LIMIT :limit;

-- A long prescription is for twelve weeks at most.
-- :name overview_prescriptions
SELECT v.id FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
WHERE v.resident = :resident AND v.day > date(:today, '-84 days') AND v.day <= :today
  AND v.status NOT IN ('cancelled', 'no_show') AND instr(r.body, '"prescriptions":[') > 0
ORDER BY v.day DESC, v.id DESC LIMIT :limit;

-- The one that runs today, also when the next is signed already; else the newest.
-- :name overview_contract
SELECT c.id FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.resident = :resident AND (c.status IN ('active', 'pending', 'terminating') OR (c.status = 'renewed' AND c."end" >= :today))
ORDER BY (c.start <= :today AND c."end" >= :today) DESC, c.start DESC LIMIT 1;

-- :name overview_due
SELECT task, programme, due, record, show_from > :today AND due <= :today, reading FROM due
WHERE resident = :resident AND :today <= show_until AND (show_from <= :today OR task IN ('followup', 'raised')) ORDER BY urgency, due;

-- :name overview_left
SELECT EXISTS (SELECT 1 FROM sync_gone WHERE record = :resident AND why = 'left');

-- What was written here lately and nobody signed by the next day; what came from elsewhere is signed there.

-- :name due_unsigned_followups
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, show_until, village)
SELECT f.resident, :task, :urgency, f.programme, f.id, f.day, date(f.day, '+1 day'), date(f.day, :lasts), p.village
FROM followup f
JOIN record fr ON fr.id = f.id AND fr.state = 0 AND fr.changed_by IS NOT NULL
JOIN resident p ON p.id = f.resident AND p.status NOT IN ('3', '4')
JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE f.resident = :resident AND f.doctor IS NULL AND f.blank = 0 AND date(f.day, :lasts) >= :today;

-- :name due_unsigned_visits
INSERT INTO due(resident, task, urgency, programme, record, due, show_from, show_until, village)
SELECT v.resident, :task, :urgency, '', v.id, v.day, date(v.day, '+1 day'), date(v.day, :lasts), p.village
FROM visit v
JOIN record vr ON vr.id = v.id AND vr.state = 0 AND vr.changed_by IS NOT NULL
JOIN resident p ON p.id = v.resident AND p.status NOT IN ('3', '4')
JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE v.resident = :resident AND v.doctor IS NULL AND v.status = 'finished' AND date(v.day, :lasts) >= :today;

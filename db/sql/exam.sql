-- Examination days: who came, what lacks, what is to be given back.

-- :name exam_days
SELECT uid FROM record WHERE kind = 16 AND kind > 11 AND state = 0 AND (:day IS NULL OR day = :day)
	AND (:until IS NULL OR day <= :until) ORDER BY day DESC, id DESC LIMIT :limit;

-- :name exam_day_guests
SELECT x.id, r.uid, pr.uid, p.name, p.sex, p.birth_date, v.name, p.grp, x.no, x.stations, x.results, x.complete, x.abnormal,
  x.feedback_date
FROM exam x JOIN record r ON r.id = x.id AND r.state = 0
JOIN resident p ON p.id = x.resident JOIN record pr ON pr.id = p.id
LEFT JOIN organisation v ON v.id = p.village
WHERE x.exam_day = :day ORDER BY x.no IS NULL, x.no, x.id;

-- :name exam_day_next
SELECT coalesce(max(x.no), 0) + 1 FROM exam x JOIN record r ON r.id = x.id AND r.state = 0 WHERE x.exam_day = :day;

-- :name exam_day_number_taken
SELECT count(*) FROM exam x JOIN record r ON r.id = x.id AND r.state = 0
WHERE x.exam_day = :day AND x.no = :no AND x.id <> :self;

-- :name exam_day_guest
SELECT x.id FROM exam x JOIN record r ON r.id = x.id AND r.state = 0
WHERE x.exam_day = :day AND x.resident = :resident ORDER BY x.id LIMIT 1;

-- :name exam_of_year
SELECT max(x.day) FROM exam x JOIN record r ON r.id = x.id AND r.state = 0
WHERE x.resident = :resident AND x.id <> :self AND x.examined AND x.day >= :from AND x.day <= :until;

-- :name exam_day_absent
SELECT pr.uid, p.name, p.sex, p.birth_date, v.name, p.grp, p.house
FROM resident p JOIN record pr ON pr.id = p.id AND pr.state = 0
LEFT JOIN organisation v ON v.id = p.village
WHERE p.village = :village AND p.status NOT IN ('3', '4') AND p.birth_date <= :born
  AND NOT EXISTS (SELECT 1 FROM exam x JOIN record r ON r.id = x.id AND r.state = 0
    WHERE x.resident = p.id AND x.day >= :from AND x.day <= :to AND (x.examined OR x.exam_day = :day))
ORDER BY p.grp, p.house, p.id;

-- The year's visits: app/service/roster_year.c.

-- :name roster_short
SELECT e.id FROM enrolment e
JOIN record er ON er.id = e.id AND er.state = 0
JOIN resident p ON p.id = e.resident AND p.status NOT IN ('3', '4') AND (coalesce(:village, 0) = 0 OR p.village = :village)
JOIN record pr ON pr.id = p.id AND pr.state = 0
LEFT JOIN due d ON d.resident = e.resident AND d.task = 'followup' AND d.programme = e.programme AND d.record = e.id
WHERE e.status = 'active' AND (:programme IS NULL OR e.programme = :programme)
  AND e.resident NOT IN (SELECT id FROM unreachable)
  AND instr(:quarterly, ',' || e.programme || ',') > 0
  AND (SELECT count(*) FROM followup y JOIN record yr ON yr.id = y.id AND yr.state = 0
       WHERE y.resident = e.resident AND y.programme = e.programme AND y.face = 1 AND y.day >= :year)
    + :to_come + (e.last_face IS NULL OR e.last_face < :quarter)
    < CASE WHEN e.enrolled_on >= :year THEN 4 - (CAST(substr(e.enrolled_on, 6, 2) AS INTEGER) - 1) / 3 ELSE 4 END
ORDER BY d.due IS NULL, d.due, e.id;

-- The same, people and not entries.
-- :name roster_short_count
SELECT count(*) FROM (SELECT DISTINCT e.resident FROM enrolment e
JOIN record er ON er.id = e.id AND er.state = 0
JOIN resident p ON p.id = e.resident AND p.status NOT IN ('3', '4') AND (:village = 0 OR p.village = :village)
JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE e.status = 'active'
  AND e.resident NOT IN (SELECT id FROM unreachable)
  AND instr(:quarterly, ',' || e.programme || ',') > 0
  AND (SELECT count(*) FROM followup y JOIN record yr ON yr.id = y.id AND yr.state = 0
       WHERE y.resident = e.resident AND y.programme = e.programme AND y.face = 1 AND y.day >= :year)
    + :to_come + (e.last_face IS NULL OR e.last_face < :quarter)
    < CASE WHEN e.enrolled_on >= :year THEN 4 - (CAST(substr(e.enrolled_on, 6, 2) AS INTEGER) - 1) / 3 ELSE 4 END
LIMIT :most);

-- :name roster_faces
SELECT count(*) FROM enrolment e
JOIN followup y ON y.resident = e.resident AND y.programme = e.programme AND y.face = 1 AND y.day >= :year
JOIN record yr ON yr.id = y.id AND yr.state = 0
WHERE e.id = :id;

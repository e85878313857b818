-- Sheets on which nothing was filled in: no service, no reading, and they move nothing.  What was stored before is judged by its
-- body: only a sheet without a measured value can be one.
ALTER TABLE followup ADD COLUMN blank INTEGER NOT NULL DEFAULT 0;
UPDATE followup SET blank = 1, face = 0
WHERE measured = 0 AND complete = 0 AND NOT EXISTS (SELECT 1 FROM record r, json_each(r.body) j
  WHERE r.id = followup.id AND j.key NOT IN ('resident', 'programme', 'date', 'mode', 'informant', 'place', 'paper_no', 'doctor',
    'class', 'class_reason', 'next_due', 'class_proposed', 'next_due_proposed', 'entered_late', 'action', 'controlled'));
UPDATE enrolment SET
  last_followup = (SELECT f.id FROM followup f JOIN record r ON r.id = f.id
    WHERE f.resident = enrolment.resident AND f.programme = enrolment.programme AND r.state = 0 AND f.blank = 0
    ORDER BY f.day DESC, f.id DESC LIMIT 1),
  last_day = (SELECT max(f.day) FROM followup f JOIN record r ON r.id = f.id
    WHERE f.resident = enrolment.resident AND f.programme = enrolment.programme AND r.state = 0 AND f.blank = 0),
  last_face = (SELECT max(f.day) FROM followup f JOIN record r ON r.id = f.id
    WHERE f.resident = enrolment.resident AND f.programme = enrolment.programme AND r.state = 0 AND f.face = 1)
WHERE resident IN (SELECT resident FROM followup WHERE blank = 1);

-- What the screening book still asks: of each person the newest sheet with a pressure, the newest with a glucose, and for the high
-- risk the newest with either.  What the higher hospital answered, on that sheet or a later one, settles it; ruled out leaves the risk.
-- (json_extract: SQLite 3.40 does not take ->> in a view.)
CREATE VIEW screening_open(id, suspected, raised, high_risk) AS
SELECT id,
  answer IS NULL AND ((last_bp AND bp IN ('3', '4')) OR (last_glucose AND glucose IN ('3', '4'))),
  answer IS NULL AND last_bp AND bp = '2',
  coalesce(answer, '3') = '3' AND ((last_of_either AND risk = '2') OR (last_glucose AND glucose = '2'))
FROM (SELECT r.id AS id, json_extract(r.body, '$.bp_result') AS bp, json_extract(r.body, '$.glucose_result') AS glucose,
  json_extract(r.body, '$.high_risk') AS risk,
  json_extract(r.body, '$.bp_result') IS NOT NULL AND NOT EXISTS (SELECT 1 FROM record l
    WHERE l.resident = r.resident AND l.kind = 17 AND l.state = 0 AND (l.day, l.id) > (r.day, r.id)
      AND json_extract(l.body, '$.bp_result') IS NOT NULL) AS last_bp,
  json_extract(r.body, '$.glucose_result') IS NOT NULL AND NOT EXISTS (SELECT 1 FROM record l
    WHERE l.resident = r.resident AND l.kind = 17 AND l.state = 0 AND (l.day, l.id) > (r.day, r.id)
      AND json_extract(l.body, '$.glucose_result') IS NOT NULL) AS last_glucose,
  coalesce(json_extract(r.body, '$.bp_result'), json_extract(r.body, '$.glucose_result')) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM record l
    WHERE l.resident = r.resident AND l.kind = 17 AND l.state = 0 AND (l.day, l.id) > (r.day, r.id)
      AND coalesce(json_extract(l.body, '$.bp_result'), json_extract(l.body, '$.glucose_result')) IS NOT NULL) AS last_of_either,
  (SELECT json_extract(c.body, '$.confirmed') FROM record c
    WHERE c.resident = r.resident AND c.kind = 17 AND c.state = 0 AND (c.day, c.id) >= (r.day, r.id)
      AND json_extract(c.body, '$.confirmed') IN ('1', '2', '3') ORDER BY c.day DESC, c.id DESC LIMIT 1) AS answer
  FROM record r WHERE r.kind = 17 AND r.state = 0);

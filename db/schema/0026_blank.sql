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

-- The whole examination form: whether it is complete, has results to give back, and what is outside the usual.  Examination
-- days: whose examination belongs to which day, under which running number, which stations are done.
ALTER TABLE exam ADD COLUMN exam_day INTEGER REFERENCES record(id);
ALTER TABLE exam ADD COLUMN no INTEGER;
ALTER TABLE exam ADD COLUMN stations TEXT;
ALTER TABLE exam ADD COLUMN complete INTEGER NOT NULL DEFAULT 0;
ALTER TABLE exam ADD COLUMN examined INTEGER NOT NULL DEFAULT 1;
ALTER TABLE exam ADD COLUMN results INTEGER NOT NULL DEFAULT 0;
ALTER TABLE exam ADD COLUMN abnormal INTEGER NOT NULL DEFAULT 0;
CREATE INDEX exam_of_day ON exam(exam_day, no) WHERE exam_day IS NOT NULL;
CREATE INDEX exam_day_resident ON exam(day, resident);
UPDATE exam SET results = 1
WHERE id IN (SELECT id FROM record WHERE kind = 10 AND body ->> '$.result_summary' IS NOT NULL);
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES ('exam', 'exam_of_day', '5000 80 1'), ('exam', 'exam_day_resident', '36000 60 1');
ANALYZE sqlite_schema;

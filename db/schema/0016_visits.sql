-- The day's queue and the outpatient log read visits without their bodies; a visit may be of somebody known by name alone.
-- The number is 0 for visits of before.
ALTER TABLE visit ADD COLUMN queue_no INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visit ADD COLUMN walkin_name TEXT;
-- Who waits or is being seen: few, whatever the years.
CREATE INDEX visit_unfinished ON visit(day) WHERE status IN ('registered', 'in_progress');

-- Report cards of notifiable diseases.
CREATE TABLE notice(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), visit INTEGER REFERENCES record(id),
  day TEXT NOT NULL, disease TEXT NOT NULL, status TEXT NOT NULL, deadline TEXT
) STRICT;
CREATE INDEX notice_resident ON notice(resident, disease);
CREATE INDEX notice_day ON notice(day);
CREATE INDEX notice_visit ON notice(visit) WHERE visit IS NOT NULL;
CREATE INDEX notice_open ON notice(day) WHERE status = '1';

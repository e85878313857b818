-- Residents in full: files merged into another one, further numbers of a person, where somebody is.
ALTER TABLE resident ADD COLUMN replaced_by INTEGER REFERENCES record(id);
ALTER TABLE resident ADD COLUMN away_since TEXT;
ALTER TABLE resident ADD COLUMN away_back TEXT;
ALTER TABLE resident ADD COLUMN home_until TEXT;
ALTER TABLE resident ADD COLUMN phone_state TEXT;
UPDATE resident SET (away_since, away_back) =
  (SELECT body ->> '$.away_since', body ->> '$.away_back' FROM record WHERE record.id = resident.id)
WHERE status = '2';
CREATE INDEX resident_replaced ON resident(replaced_by) WHERE replaced_by IS NOT NULL;
CREATE INDEX resident_phone ON resident(phone) WHERE phone IS NOT NULL;
CREATE INDEX resident_died ON resident(died_on) WHERE died_on IS NOT NULL;
CREATE INDEX resident_away ON resident(status, village) WHERE status = '2';
CREATE INDEX household_head ON household(head) WHERE head IS NOT NULL;

-- Numbers of a person besides the present one: other documents, those of before, birth certificates, temporary numbers.
CREATE TABLE person_identifier(
  system   TEXT NOT NULL,                       -- code of the resident's form: 01 identity card ... 90 temporary
  value    TEXT NOT NULL,
  resident INTEGER NOT NULL REFERENCES record(id),
  use      TEXT,
  PRIMARY KEY(value, system, resident)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_identifier_of ON person_identifier(resident);

-- Two files that may be one person, as the sweep found them; a person decides.
CREATE TABLE match_candidate(
  a       INTEGER NOT NULL REFERENCES record(id),
  b       INTEGER NOT NULL REFERENCES record(id),
  reason  INTEGER NOT NULL,                     -- enum duplicate_reason
  decided INTEGER NOT NULL DEFAULT 0,           -- 1: two people
  PRIMARY KEY(a, b),
  CHECK(a < b)
) STRICT, WITHOUT ROWID;

-- Numbers come from ranges of the devices: each device has a number of its own, and its blocks lie in its range.
ALTER TABLE device ADD COLUMN number INTEGER;
UPDATE device SET number = CASE WHEN id = (SELECT min(id) FROM device) THEN 0 ELSE 1 + id % 99 END;
CREATE TABLE number_of_device(
  name   TEXT NOT NULL,
  device INTEGER NOT NULL REFERENCES device(id),
  next   INTEGER NOT NULL,
  last   INTEGER NOT NULL,
  PRIMARY KEY(name, device)
) STRICT, WITHOUT ROWID;
INSERT INTO number_of_device(name, device, next, last)
SELECT name, (SELECT min(id) FROM device), next, last FROM number_block WHERE EXISTS (SELECT 1 FROM device);
DROP TABLE number_block;
ALTER TABLE number_of_device RENAME TO number_block;

-- Telephone verification: who was drawn, with which seed, and what they said.
CREATE TABLE verify_draw(
  id         INTEGER PRIMARY KEY,
  seed       INTEGER NOT NULL,
  drawn_on   TEXT NOT NULL,
  from_day   TEXT NOT NULL,
  until_day  TEXT NOT NULL,
  per_doctor INTEGER NOT NULL,
  drawn_by   INTEGER REFERENCES record(id)
) STRICT;
CREATE TABLE verify_item(
  id          INTEGER PRIMARY KEY,
  draw        INTEGER NOT NULL REFERENCES verify_draw(id),
  resident    INTEGER NOT NULL REFERENCES record(id),
  doctor      INTEGER NOT NULL REFERENCES record(id),
  record      INTEGER NOT NULL REFERENCES record(id),  -- the service they are asked about
  answer      TEXT,
  note        TEXT,
  answered_on TEXT,
  answered_by INTEGER REFERENCES record(id)
) STRICT;
CREATE INDEX verify_item_draw ON verify_item(draw, doctor, id);

-- Telephone calls, refusals and notes are records like all others: they travel, are moved, taken back, and have a history.
-- The calls that stayed on one device until now are not taken over.
DROP TABLE phone_call;

CREATE TABLE call(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), day TEXT NOT NULL, phone TEXT,
  outcome TEXT NOT NULL, again_on TEXT, again_time TEXT, doctor INTEGER REFERENCES record(id)
) STRICT;
CREATE INDEX call_resident ON call(resident, day);

CREATE TABLE refusal(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), day TEXT NOT NULL, what TEXT NOT NULL,
  programme TEXT, ask_again TEXT, doctor INTEGER REFERENCES record(id)
) STRICT;
CREATE INDEX refusal_resident ON refusal(resident, day);

CREATE TABLE note(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), day TEXT NOT NULL,
  about TEXT  -- id of the record it lies on; NULL: of the person
) STRICT;
CREATE INDEX note_about ON note(about) WHERE about IS NOT NULL;

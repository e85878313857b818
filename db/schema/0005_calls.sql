-- Telephone calls from the work list and what came of them; of this device, not of the health record.
CREATE TABLE phone_call(
  id       INTEGER PRIMARY KEY,
  resident INTEGER NOT NULL REFERENCES record(id),
  at       INTEGER NOT NULL,
  outcome  TEXT NOT NULL,
  actor    INTEGER REFERENCES record(id)
) STRICT;
CREATE INDEX phone_call_resident ON phone_call(resident, at);

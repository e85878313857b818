-- Where a person's older versions say that he lives, one row for each time he moved: read out of them once (sync/lived.c).
CREATE TABLE sync_lived(
  record  INTEGER NOT NULL REFERENCES record(id),
  since   INTEGER NOT NULL,            -- the first revision that says it ...
  until   INTEGER NOT NULL,            -- ... and the last one that was read
  village TEXT NOT NULL,               -- id, '' = none
  PRIMARY KEY(record, since)
) STRICT, WITHOUT ROWID;

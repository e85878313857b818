-- Revisions that a program made of two versions, in which nobody typed: they are as late as what they were made of.
CREATE TABLE joined(
  record   INTEGER NOT NULL REFERENCES record(id),
  revision INTEGER NOT NULL,
  at       INTEGER NOT NULL,            -- when the later one of the two was edited, as far as was known then
  PRIMARY KEY(record, revision)
) STRICT, WITHOUT ROWID;

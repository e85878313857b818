-- People who came into the townships that this computer loads: their older records bear another township's tag and are asked
-- for by person, some people at a time: those for whom that was begun, and those who wait.
CREATE TABLE sync_backfill(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  begun  INTEGER NOT NULL DEFAULT 0 CHECK(begun IN (0, 1)),
  PRIMARY KEY(remote, record)
) STRICT, WITHOUT ROWID;

-- A resident's page says when he is no longer in what is loaded.
CREATE INDEX sync_gone_record ON sync_gone(record);

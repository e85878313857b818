-- Whom our organisation manages without that a township of ours says so, as of the last weekly comparison and with who came since:
-- whoever is missing there next time has left, though no number shows it.
CREATE TABLE sync_managed(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  PRIMARY KEY(remote, record)
) STRICT, WITHOUT ROWID;

-- What is about them and older came already; 0: everything is asked for.
ALTER TABLE sync_backfill ADD COLUMN since INTEGER NOT NULL DEFAULT 0;

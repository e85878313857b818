-- What a county's server can do, and how we treat its line.

ALTER TABLE sync_remote ADD COLUMN caps TEXT;                        -- JSON: what the check of the server found (sync/probe.c)
ALTER TABLE sync_remote ADD COLUMN plain INTEGER NOT NULL DEFAULT 0 CHECK(plain IN (0, 1)); -- it does not take packed bodies
ALTER TABLE sync_remote ADD COLUMN goodput INTEGER NOT NULL DEFAULT 0; -- bytes a second seen on the line, 0 = not known
ALTER TABLE sync_remote ADD COLUMN entry_bytes INTEGER NOT NULL DEFAULT 0; -- of one resource in a page, on the wire
ALTER TABLE sync_remote ADD COLUMN profile TEXT NOT NULL DEFAULT 'lan' CHECK(profile IN ('lan', 'metered', 'satellite'));
ALTER TABLE sync_remote ADD COLUMN budget INTEGER NOT NULL DEFAULT 0; -- bytes left today; below 0 after what was urgent
ALTER TABLE sync_remote ADD COLUMN budget_at INTEGER NOT NULL DEFAULT 0; -- when it was last filled
ALTER TABLE sync_remote ADD COLUMN fails INTEGER NOT NULL DEFAULT 0; -- rounds in a row that broke off
ALTER TABLE sync_remote ADD COLUMN next_try INTEGER NOT NULL DEFAULT 0; -- rounds that nobody asked for wait until then
ALTER TABLE sync_remote ADD COLUMN bundles INTEGER NOT NULL DEFAULT 0; -- sent so far: every eighth takes the oldest
ALTER TABLE sync_remote ADD COLUMN compared_at INTEGER NOT NULL DEFAULT 0; -- last comparison of everything, weekly

-- A server that gives its own ids: which of ours is which of its.
CREATE TABLE sync_id(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  rtype  TEXT NOT NULL,
  id     TEXT NOT NULL,                -- ours
  theirs TEXT NOT NULL,
  PRIMARY KEY(remote, rtype, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX sync_id_theirs ON sync_id(remote, rtype, theirs);

-- What the county no longer has, or what is no longer in our scope there: kept here, marked.
CREATE TABLE sync_gone(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  why    TEXT NOT NULL CHECK(why IN ('deleted', 'left')),
  at     INTEGER NOT NULL,
  PRIMARY KEY(remote, record)
) STRICT, WITHOUT ROWID;

-- Documents that say more than this program may change: a newer schema, or an element that turns its meaning.
CREATE TABLE sync_newer(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  why    TEXT NOT NULL,
  PRIMARY KEY(remote, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_newer_record ON sync_newer(record);

-- What each remote holds, as far as we know, and how far we have read there.

-- One row per FHIR resource of a record; role 0 is the main one (sync/fhir/fhir.h).
CREATE TABLE sync_version(
  remote    INTEGER NOT NULL REFERENCES sync_remote(id),
  record    INTEGER NOT NULL REFERENCES record(id),
  role      INTEGER NOT NULL,
  version   TEXT NOT NULL,             -- the server's versionId
  hash      INTEGER NOT NULL,          -- of the content there: what is equal need not be sent again
  revision  INTEGER NOT NULL,          -- ours that says the same: the base of merges
  elsewhere INTEGER NOT NULL DEFAULT 0 CHECK(elsewhere IN (0, 1)),  -- made by somebody else: derived ones may exist there unknown to us
  PRIMARY KEY(remote, record, role)
) STRICT, WITHOUT ROWID;

-- The server's document, kept only where our encoder would not write the same: elements of others survive our edits.
CREATE TABLE sync_kept(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  role   INTEGER NOT NULL,
  doc    TEXT NOT NULL,
  PRIMARY KEY(remote, record, role)
) STRICT, WITHOUT ROWID;

-- What a frozen outbox row said, while its fate is open.
CREATE TABLE sync_entry(
  seq     INTEGER NOT NULL REFERENCES outbox(seq) ON DELETE CASCADE,
  role    INTEGER NOT NULL,
  hash    INTEGER NOT NULL,
  base    TEXT,                        -- the version it replaced; NULL made a new resource
  PRIMARY KEY(seq, role)
) STRICT, WITHOUT ROWID;

-- A bundle that was sent: after a time-out the server may still be working on it, so its fate is not asked before.
CREATE TABLE sync_batch(
  batch     TEXT PRIMARY KEY,
  remote    INTEGER NOT NULL REFERENCES sync_remote(id),
  sent_at   INTEGER NOT NULL,
  ask_after INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_cursor(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  rtype  TEXT NOT NULL,
  scope  TEXT NOT NULL,
  hw     INTEGER NOT NULL DEFAULT 0,   -- newest lastUpdated fully applied, the server's milliseconds
  page   INTEGER NOT NULL DEFAULT 0,   -- the same inside a download that was broken off; 0 = none
  seen   INTEGER NOT NULL DEFAULT -1,  -- resources there in the ten minutes up to hw: while their number stays, none came late
  PRIMARY KEY(remote, rtype, scope)
) STRICT, WITHOUT ROWID;

-- Both sides changed the same thing.  Never deleted.
CREATE TABLE sync_conflict(
  id         INTEGER PRIMARY KEY,
  remote     INTEGER NOT NULL REFERENCES sync_remote(id),
  record     INTEGER NOT NULL REFERENCES record(id),
  role       INTEGER NOT NULL,
  base       INTEGER NOT NULL,         -- our revision that both began with; 0 = none is known
  ours       INTEGER NOT NULL,         -- our revision
  theirs     TEXT,                     -- the server's document; NULL = deleted there
  version    TEXT,                     -- of theirs
  keys       TEXT NOT NULL,            -- fields that both changed, joined by commas
  state      TEXT NOT NULL DEFAULT 'open' CHECK(state IN ('open', 'settled')),
  made_at    INTEGER NOT NULL,
  settled_at INTEGER,
  settled_by INTEGER REFERENCES record(id),
  decision   TEXT
) STRICT;
CREATE INDEX sync_conflict_open ON sync_conflict(record) WHERE state = 'open';

-- Documents that could not become records (no name, no birth date, practice data in a real clinic): shown, asked again
-- when they change.
CREATE TABLE sync_unread(
  remote  INTEGER NOT NULL REFERENCES sync_remote(id),
  rtype   TEXT NOT NULL,
  id      TEXT NOT NULL,
  version TEXT NOT NULL,
  reason  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY(remote, rtype, id)
) STRICT, WITHOUT ROWID;

-- The last rounds, for the sync page and for support; no patient data.
CREATE TABLE sync_log(
  id      INTEGER PRIMARY KEY,
  remote  INTEGER NOT NULL REFERENCES sync_remote(id),
  at      INTEGER NOT NULL,
  ok      INTEGER NOT NULL,
  ms      INTEGER NOT NULL,
  pushed  INTEGER NOT NULL,
  pulled  INTEGER NOT NULL,
  up      INTEGER NOT NULL,
  down    INTEGER NOT NULL,
  message TEXT
) STRICT;

CREATE INDEX outbox_group ON outbox(grp, remote) WHERE state IN (0, 1, 2, 3, 4, 5);
CREATE INDEX outbox_rejected ON outbox(remote, grp) WHERE state IN (6, 8);

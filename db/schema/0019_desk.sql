-- What differs between us and others, and what the county has of ours.

-- Both sides changed the same thing.  Never deleted: the loser stays in `theirs`, in `aside` and in the history.
CREATE TABLE dispute(
  id         INTEGER PRIMARY KEY,
  remote     INTEGER NOT NULL REFERENCES sync_remote(id),
  record     INTEGER NOT NULL REFERENCES record(id),
  role       INTEGER NOT NULL,
  base       INTEGER NOT NULL,         -- our revision that both began with; 0 = none is known
  ours       INTEGER NOT NULL,         -- our revision
  held       INTEGER NOT NULL DEFAULT 0, -- our revision that says what theirs says: it is the current one until a person
                                       -- decides.  0: ours is the current one (a stick brought theirs, or it was deleted there)
  theirs     TEXT,                     -- the document of the other side; NULL = deleted there
  version    TEXT,                     -- of theirs
  keys       TEXT NOT NULL,            -- fields that both changed, joined by commas
  aside      TEXT,                     -- JSON: their values on the side that is not the current one
  before     TEXT,                     -- JSON: their values as both began
  state      TEXT NOT NULL DEFAULT 'open' CHECK(state IN ('open', 'auto', 'settled')),  -- auto: by the later edit
  made_at    INTEGER NOT NULL,
  settled_at INTEGER,
  settled_by INTEGER REFERENCES record(id),
  decision   TEXT,
  reason     TEXT
) STRICT;
INSERT INTO dispute(id, remote, record, role, base, ours, theirs, version, keys, state, made_at, settled_at, settled_by, decision)
SELECT id, remote, record, role, base, ours, theirs, version, keys, state, made_at, settled_at, settled_by, decision
FROM sync_conflict;
DROP TABLE sync_conflict;
ALTER TABLE dispute RENAME TO sync_conflict;
CREATE INDEX sync_conflict_open ON sync_conflict(record) WHERE state = 'open';
CREATE INDEX sync_conflict_auto ON sync_conflict(made_at) WHERE state = 'auto';

-- When the other side was last known to hold this version.
ALTER TABLE sync_version ADD COLUMN at INTEGER;

-- Where each record stands with the county: its newest row of the queue (none: it came from there, or stays here), and what
-- the county is known to hold.
CREATE VIEW receipt AS
SELECT r.id AS record, r.kind, r.uid, r.resident, r.revision, o.seq, o.state, o.prio, o.grp, o.attempts, o.outcome,
  o.revision AS queued, v.version, v.at, v.revision AS held
FROM record r
LEFT JOIN outbox o ON o.seq = (SELECT max(n.seq) FROM outbox n WHERE n.record = r.id AND n.remote = 1)
LEFT JOIN sync_version v ON v.remote = 1 AND v.record = r.id AND v.role = 0;

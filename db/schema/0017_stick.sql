-- Exchange by USB stick: with whom, which files went and came, and which versions of other devices ours contain.

CREATE TABLE stick_peer(
  remote    INTEGER PRIMARY KEY REFERENCES sync_remote(id),  -- of kind usb; its name is the device's code
  title     TEXT NOT NULL,              -- the clinic's name, for people
  recipient TEXT NOT NULL,              -- age: files for it are sealed with this
  signer    TEXT NOT NULL UNIQUE,       -- minisign: files from it bear this signature
  relay     INTEGER NOT NULL DEFAULT 0 CHECK(relay IN (0, 1)),  -- it passes on to the county
  wants     INTEGER NOT NULL DEFAULT 0 CHECK(wants IN (0, 1)),  -- it asks us what the county says
  sent      INTEGER NOT NULL DEFAULT 0, -- number of our last file for it
  sent_sha  TEXT,                       -- and its SHA-256: the next one names it
  added_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE stick_file(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  dir    TEXT NOT NULL CHECK(dir IN ('in', 'out')),
  seq    INTEGER NOT NULL,
  bundle TEXT NOT NULL,
  sha    TEXT NOT NULL,
  prev   TEXT,
  groups INTEGER NOT NULL,
  bytes  INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  -- in: number of our file that first told the sender; out: 1 when the other side said that it has it.
  told   INTEGER,
  done   INTEGER NOT NULL DEFAULT 0 CHECK(done IN (0, 1)),  -- nothing more need be said about it
  PRIMARY KEY(remote, dir, bundle)
) STRICT, WITHOUT ROWID;
CREATE INDEX stick_file_seq ON stick_file(remote, dir, seq);

-- This revision of ours says what those devices' versions said: "pc1a2b3c:3,pc4d5e6f:8".  Our own versions stand in the
-- history; from both follows which of two versions contains the other, and what they have in common.
CREATE TABLE stick_seen(
  record   INTEGER NOT NULL REFERENCES record(id),
  revision INTEGER NOT NULL,
  vector   TEXT NOT NULL,
  PRIMARY KEY(record, revision, vector)
) STRICT, WITHOUT ROWID;

-- What a peer wants to hear about: records of its own that we pass on to the county.
CREATE TABLE stick_receipt(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  told   INTEGER,                       -- number of our file that first told it
  PRIMARY KEY(remote, record)
) STRICT, WITHOUT ROWID;

-- The hub: one computer of the clinic that serves the others.  It keeps every document as it came, because others may write
-- what this program does not know yet; its own records are exchanged with this store like those of any other computer.

CREATE TABLE hub_version(
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  rtype   TEXT NOT NULL,
  id      TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated INTEGER NOT NULL UNIQUE,     -- milliseconds; rises with every version, so nothing becomes visible late
  newest  INTEGER NOT NULL DEFAULT 1 CHECK(newest IN (0, 1)),
  tags    TEXT NOT NULL DEFAULT '',    -- " system|code system|code ", for _tag
  doc     BLOB NOT NULL                -- 4 bytes of length, then zlib
) STRICT;
CREATE UNIQUE INDEX hub_version_of ON hub_version(rtype, id, version);
CREATE INDEX hub_version_changed ON hub_version(rtype, newest, updated);

-- The computers that may ask the hub.
CREATE TABLE hub_client(
  id        INTEGER PRIMARY KEY,
  device    TEXT NOT NULL UNIQUE,      -- its code
  key_hash  BLOB NOT NULL UNIQUE,      -- BLAKE2b of its key: the key itself is on that computer alone
  joined_at INTEGER NOT NULL,
  seen_at   INTEGER NOT NULL DEFAULT 0,
  shut_out  INTEGER NOT NULL DEFAULT 0 CHECK(shut_out IN (0, 1))
) STRICT;

-- A code that is shown on the hub's screen and opens the door once.
CREATE TABLE hub_invite(
  code   TEXT PRIMARY KEY,
  until  INTEGER NOT NULL,
  misses INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Whose version a remote holds, as its author marked it: passed on to another remote it keeps this mark.
ALTER TABLE sync_version ADD COLUMN stamp TEXT;

-- Marks of versions follow from the history since then; older ones bear the instant of their sending.
INSERT INTO setting(key, value) SELECT 'stamps.from', CAST(coalesce(max(seq), 0) AS TEXT) FROM change;

-- Unfinished forms, in a file of their own.  A draft belongs to its author.
CREATE TABLE draft(
  id         INTEGER PRIMARY KEY,
  author     TEXT NOT NULL,
  kind       TEXT NOT NULL,
  variant    TEXT NOT NULL DEFAULT '',
  record     TEXT NOT NULL DEFAULT '',    -- id of the record being edited, '' for a new one
  revision   INTEGER NOT NULL DEFAULT 0,
  resident   TEXT NOT NULL DEFAULT '',
  token      TEXT NOT NULL,               -- the submit token: a save that came through is found by it
  field      TEXT NOT NULL DEFAULT '',    -- where the cursor was
  typed      TEXT NOT NULL DEFAULT '',    -- the unfinished text of that field
  changed_at INTEGER NOT NULL,
  body       TEXT NOT NULL
) STRICT;
CREATE INDEX draft_author ON draft(author, changed_at);

-- The search index: app/clinic/search_keys.h says what the keys are.  Derived from the residents; `setting.search_edition`
-- tells which edition of the keys is stored.  Two ordered tables, because a search shows the own village first and then
-- fills up from everywhere, reading no more rows than it shows: no order of one table serves both.

CREATE TABLE search_all(
  key      TEXT NOT NULL,
  name     TEXT NOT NULL,      -- orders people whose letters are equal; '' where the key says enough
  resident INTEGER NOT NULL,
  match    INTEGER NOT NULL,   -- enum search_match
  PRIMARY KEY(key, name, resident)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_village(
  village  INTEGER NOT NULL,
  key      TEXT NOT NULL,
  name     TEXT NOT NULL,
  resident INTEGER NOT NULL,
  match    INTEGER NOT NULL,
  PRIMARY KEY(village, key, name, resident)
) STRICT, WITHOUT ROWID;

-- Names that were corrected or changed: people go on looking for the old one.
CREATE TABLE former_name(
  resident INTEGER NOT NULL,
  name     TEXT NOT NULL,
  PRIMARY KEY(resident, name)
) STRICT, WITHOUT ROWID;

-- Residents whose rows are still to be made: bulk work (import, demo, a download) adds people first and indexes them all
-- at once in the order of the keys, because single saves would write nearly every page of the index again and again.
CREATE TABLE search_pending(
  resident INTEGER PRIMARY KEY
) STRICT;

INSERT INTO setting(key, value) SELECT 'search_edition', '1' WHERE NOT EXISTS (SELECT 1 FROM resident);

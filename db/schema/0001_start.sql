-- The clinic's file.  Ids are INTEGER inside; record.uid is the FHIR id.  Days are ISO text, instants UTC milliseconds.
-- Every record is one row of `record` with all its values as JSON in `body`; what is searched, listed, joined, ruled on
-- or counted stands in typed columns of a table per kind beside it, written by the same save.

CREATE TABLE setting(
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A practice clinic stays one for ever: nobody turns practice data into a real clinic, or the reverse.
CREATE TRIGGER practice_stays_update BEFORE UPDATE ON setting
WHEN (old.key = 'practice' OR new.key = 'practice') AND (new.key IS NOT old.key OR new.value IS NOT old.value)
BEGIN SELECT raise(ABORT, 'practice mark is for ever'); END;
CREATE TRIGGER practice_stays_delete BEFORE DELETE ON setting WHEN old.key = 'practice'
BEGIN SELECT raise(ABORT, 'practice mark is for ever'); END;
CREATE TRIGGER practice_stays_insert BEFORE INSERT ON setting
WHEN new.key = 'practice' AND EXISTS (SELECT 1 FROM setting WHERE key = 'practice')
BEGIN SELECT raise(ABORT, 'practice mark is for ever'); END;

-- Forms ever used here, by code and edition: codes change their meaning with the edition.
CREATE TABLE form(
  id      INTEGER PRIMARY KEY,
  code    TEXT NOT NULL,
  edition TEXT NOT NULL,
  UNIQUE(code, edition)
) STRICT;

CREATE TABLE record(
  id         INTEGER PRIMARY KEY,
  kind       INTEGER NOT NULL,                              -- app/clinic/kind.h
  uid        TEXT NOT NULL CHECK(length(uid) BETWEEN 1 AND 64),
  revision   INTEGER NOT NULL CHECK(revision >= 1),
  state      INTEGER NOT NULL DEFAULT 0 CHECK(state BETWEEN 0 AND 2),  -- active, void, merged (a list here would cost a table at each write)
  resident   INTEGER REFERENCES record(id),
  day        TEXT,
  form       INTEGER NOT NULL REFERENCES form(id),
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by INTEGER REFERENCES record(id),
  body       TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_uid ON record(uid, kind);
-- Few are void or merged: reports read the typed columns alone and pass these over.
CREATE INDEX record_inactive ON record(state) WHERE state <> 0;
CREATE INDEX record_of_resident ON record(resident, day) WHERE resident IS NOT NULL;

-- ---- typed columns, one table a kind ---------------------------------------------------------------------------------

CREATE TABLE organisation(
  id INTEGER PRIMARY KEY REFERENCES record(id), name TEXT NOT NULL, code TEXT, kind TEXT, parent INTEGER REFERENCES record(id),
  region_code TEXT
) STRICT;
CREATE INDEX organisation_name ON organisation(name);

CREATE TABLE staff(
  id INTEGER PRIMARY KEY REFERENCES record(id), name TEXT NOT NULL, staff_no TEXT, role TEXT, organisation INTEGER REFERENCES record(id),
  active TEXT
) STRICT;

CREATE TABLE team(
  id INTEGER PRIMARY KEY REFERENCES record(id), name TEXT NOT NULL, organisation INTEGER REFERENCES record(id),
  leader INTEGER REFERENCES record(id)
) STRICT;

CREATE TABLE household(
  id INTEGER PRIMARY KEY REFERENCES record(id), name TEXT, head INTEGER REFERENCES record(id), village INTEGER REFERENCES record(id),
  house TEXT
) STRICT;
CREATE INDEX household_village ON household(village, house);
CREATE INDEX household_name ON household(village, name);  -- import joins people to their householder's

CREATE TABLE resident(
  id INTEGER PRIMARY KEY REFERENCES record(id),
  name TEXT NOT NULL, sex TEXT NOT NULL, birth_date TEXT NOT NULL,
  id_type TEXT, id_number TEXT, file_no TEXT, phone TEXT,
  village INTEGER REFERENCES record(id), grp TEXT, house TEXT,
  household INTEGER REFERENCES record(id), responsible_doctor INTEGER REFERENCES record(id),
  status TEXT NOT NULL DEFAULT '1', died_on TEXT, moved_on TEXT, filed_on TEXT, key_flags TEXT, disability TEXT,
  past_diseases TEXT  -- codes of the list, joined by commas
) STRICT;
CREATE INDEX resident_id_number ON resident(id_number) WHERE id_number IS NOT NULL;
CREATE INDEX resident_file_no ON resident(file_no) WHERE file_no IS NOT NULL;
CREATE INDEX resident_birth ON resident(birth_date, sex);
CREATE INDEX resident_household ON resident(household) WHERE household IS NOT NULL;
CREATE INDEX resident_village ON resident(village, grp, house);

CREATE TABLE contract(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), team INTEGER REFERENCES record(id),
  start TEXT, "end" TEXT, status TEXT NOT NULL, ended_on TEXT, previous INTEGER REFERENCES record(id)
) STRICT;
CREATE INDEX contract_resident ON contract(resident);
CREATE INDEX contract_end ON contract("end") WHERE status = 'active';

-- The roster.  The columns from last_day on are derived from the follow-ups at each save of one.
CREATE TABLE enrolment(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), programme TEXT NOT NULL,
  enrolled_on TEXT, status TEXT NOT NULL DEFAULT 'active', ended_on TEXT, end_reason TEXT, next_due TEXT,
  last_followup INTEGER REFERENCES record(id), last_day TEXT, last_face TEXT
) STRICT;
CREATE INDEX enrolment_resident ON enrolment(resident, programme, status);
CREATE INDEX enrolment_programme ON enrolment(programme, status);

CREATE TABLE followup(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), programme TEXT NOT NULL,
  day TEXT NOT NULL, mode TEXT, face INTEGER NOT NULL DEFAULT 0,  -- face: the person was there (mode 1, 2; not a relative)
  sbp INTEGER, dbp INTEGER, class TEXT, next_due TEXT, doctor INTEGER REFERENCES record(id),
  measured INTEGER NOT NULL DEFAULT 0, controlled INTEGER, adr INTEGER, comp INTEGER, emergency INTEGER,
  complete INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX followup_resident ON followup(resident, programme, day);
CREATE INDEX followup_day ON followup(day);

CREATE TABLE visit(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), day TEXT NOT NULL, status TEXT NOT NULL,
  icd10 TEXT, sbp INTEGER, dbp INTEGER, doctor INTEGER REFERENCES record(id)
) STRICT;
CREATE INDEX visit_day ON visit(day);
CREATE INDEX visit_resident ON visit(resident, day);

CREATE TABLE exam(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), day TEXT NOT NULL, programmes TEXT,
  responsible INTEGER REFERENCES record(id), feedback_date TEXT
) STRICT;
CREATE INDEX exam_resident ON exam(resident, day);

CREATE TABLE referral(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), direction TEXT, urgency TEXT,
  programme TEXT, day TEXT NOT NULL, status TEXT NOT NULL, check_by TEXT, checked_on TEXT, answered_at TEXT,
  reached_on TEXT  -- the day it was accepted (or went further at once): indicators R1 and R2 count by it
) STRICT;
CREATE INDEX referral_resident ON referral(resident);
CREATE INDEX referral_day ON referral(day);

-- References to records that have not come yet (the county sends in its own order); healed when they do.
CREATE TABLE orphan(
  kind INTEGER NOT NULL, uid TEXT NOT NULL, record INTEGER NOT NULL REFERENCES record(id),
  PRIMARY KEY(kind, uid, record)
) STRICT, WITHOUT ROWID;

-- ---- history ---------------------------------------------------------------------------------------------------------

-- One row a saved version.  `after` of the newest version is record.body itself (NULL here); older ones are zlib of it.
CREATE TABLE change(
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  grp      INTEGER NOT NULL,                  -- the change group: the seq of its first row
  record   INTEGER NOT NULL REFERENCES record(id),
  revision INTEGER NOT NULL,
  actor    INTEGER REFERENCES record(id),
  device   INTEGER NOT NULL,
  utc      INTEGER NOT NULL,
  origin   INTEGER NOT NULL,                  -- 0 made here, else the sync_remote it came from
  state    INTEGER NOT NULL,
  form     INTEGER NOT NULL REFERENCES form(id),
  reason   TEXT,
  after    BLOB
) STRICT;
CREATE UNIQUE INDEX change_record ON change(record, revision);

-- hash = BLAKE2b(previous hash, the change's columns, the body as it was saved): altering an old row shows.
CREATE TABLE audit(
  seq        INTEGER PRIMARY KEY,
  change_seq INTEGER NOT NULL,
  hash       BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'audit is append-only'); END;

-- A retried submit (the commit came through, the answer did not) finds what it saved.
CREATE TABLE submit(
  token  TEXT PRIMARY KEY,
  record INTEGER NOT NULL REFERENCES record(id)
) STRICT, WITHOUT ROWID;

CREATE TABLE device(
  id   INTEGER PRIMARY KEY,
  uid  TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL
) STRICT;

-- Human-readable numbers come from blocks reserved for this device.
CREATE TABLE number_block(
  name TEXT PRIMARY KEY,
  next INTEGER NOT NULL,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- what is due -----------------------------------------------------------------------------------------------------

-- Derived from the resident's records at each save: everything due, from the day it is to be shown.
CREATE TABLE due(
  resident  INTEGER NOT NULL REFERENCES record(id),
  task      TEXT NOT NULL,       -- followup referral_check contract_renew referral_answer exam_feedback
  programme TEXT NOT NULL,       -- '' when none
  record    INTEGER NOT NULL REFERENCES record(id),
  due       TEXT NOT NULL,
  show_from TEXT NOT NULL,
  village   INTEGER,
  PRIMARY KEY(resident, task, programme, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_show ON due(show_from, village);

-- ---- reports as they were sent ----------------------------------------------------------------------------------------

-- A frozen report: its text (zlib) with everybody behind each figure, and the hash that was sent with it.
CREATE TABLE report_snapshot(
  id      INTEGER PRIMARY KEY,
  period  TEXT NOT NULL,
  cutoff  TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  made_by INTEGER REFERENCES record(id),
  program TEXT NOT NULL,             -- version that counted
  hash    TEXT NOT NULL,             -- BLAKE2b-256 of the text, hex
  size    INTEGER NOT NULL,          -- of the text
  body    BLOB NOT NULL
) STRICT;
CREATE INDEX report_snapshot_period ON report_snapshot(period);
CREATE TRIGGER report_snapshot_no_update BEFORE UPDATE ON report_snapshot
BEGIN SELECT raise(ABORT, 'a frozen report stays'); END;
CREATE TRIGGER report_snapshot_no_delete BEFORE DELETE ON report_snapshot
BEGIN SELECT raise(ABORT, 'a frozen report stays'); END;

-- ---- what has to go out ------------------------------------------------------------------------------------------------

CREATE TABLE sync_remote(
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE,            -- "county"
  kind     TEXT NOT NULL CHECK(kind IN ('county', 'hub', 'usb')),
  base_url TEXT,
  scope    TEXT NOT NULL DEFAULT 'all',
  write_mode TEXT NOT NULL DEFAULT 'put' CHECK(write_mode IN ('put', 'post')),
  max_entries INTEGER NOT NULL DEFAULT 50,
  max_bytes INTEGER NOT NULL DEFAULT 16384, -- compressed; adapts between 4 and 256 KiB
  last_push INTEGER, last_pull INTEGER      -- instants of the last good exchange
) STRICT;
INSERT INTO sync_remote(id, name, kind) VALUES (1, 'county', 'county');

-- One row per record and remote with something to say.  state: see sync/state.h.
CREATE TABLE outbox(
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  remote   INTEGER NOT NULL REFERENCES sync_remote(id),
  grp      INTEGER NOT NULL,
  record   INTEGER NOT NULL REFERENCES record(id),
  revision INTEGER NOT NULL,
  state    INTEGER NOT NULL DEFAULT 0,
  prio     INTEGER NOT NULL DEFAULT 2,
  attempts INTEGER NOT NULL DEFAULT 0,
  batch    TEXT,
  stamp    TEXT,
  sha      BLOB,
  outcome  TEXT
) STRICT;
CREATE INDEX outbox_record ON outbox(record, remote);
CREATE INDEX outbox_open ON outbox(remote, state, prio, seq) WHERE state IN (0, 1, 2, 3, 4, 5);

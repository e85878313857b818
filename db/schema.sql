-- The whole schema, which a new file begins with: what the migrations in db/schema make, written by `make schema`.
CREATE TABLE setting(
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
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
CREATE TABLE organisation(
  id INTEGER PRIMARY KEY REFERENCES record(id), name TEXT NOT NULL, code TEXT, kind TEXT, parent INTEGER REFERENCES record(id),
  region_code TEXT
) STRICT;
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
CREATE TABLE resident(
  id INTEGER PRIMARY KEY REFERENCES record(id),
  name TEXT NOT NULL, sex TEXT NOT NULL, birth_date TEXT NOT NULL,
  id_type TEXT, id_number TEXT, file_no TEXT, phone TEXT,
  village INTEGER REFERENCES record(id), grp TEXT, house TEXT,
  household INTEGER REFERENCES record(id), responsible_doctor INTEGER REFERENCES record(id),
  status TEXT NOT NULL DEFAULT '1', died_on TEXT, moved_on TEXT, filed_on TEXT, key_flags TEXT, disability TEXT,
  past_diseases TEXT  -- codes of the list, joined by commas
, replaced_by INTEGER REFERENCES record(id), away_since TEXT, away_back TEXT, home_until TEXT, phone_state TEXT, lost_on TEXT, lost_attempts INTEGER) STRICT;
CREATE TABLE contract(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), team INTEGER REFERENCES record(id),
  start TEXT, "end" TEXT, status TEXT NOT NULL, ended_on TEXT, previous INTEGER REFERENCES record(id)
, doctor INTEGER REFERENCES record(id), packages TEXT, fee_total INTEGER, paid TEXT, number TEXT) STRICT;
CREATE TABLE enrolment(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), programme TEXT NOT NULL,
  enrolled_on TEXT, status TEXT NOT NULL DEFAULT 'active', ended_on TEXT, end_reason TEXT, next_due TEXT,
  last_followup INTEGER REFERENCES record(id), last_day TEXT, last_face TEXT
) STRICT;
CREATE TABLE followup(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), programme TEXT NOT NULL,
  day TEXT NOT NULL, mode TEXT, face INTEGER NOT NULL DEFAULT 0,  -- face: the person was there (mode 1, 2; not a relative)
  class TEXT, next_due TEXT, doctor INTEGER REFERENCES record(id),
  measured INTEGER NOT NULL DEFAULT 0, controlled INTEGER, adr INTEGER, comp INTEGER, emergency INTEGER,
  complete INTEGER NOT NULL DEFAULT 0
, value TEXT, blank INTEGER NOT NULL DEFAULT 0, proves TEXT) STRICT;
CREATE TABLE visit(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), day TEXT NOT NULL, status TEXT NOT NULL,
  icd10 TEXT, sbp INTEGER, dbp INTEGER, doctor INTEGER REFERENCES record(id)
, queue_no INTEGER NOT NULL DEFAULT 0, walkin_name TEXT, proves TEXT) STRICT;
CREATE TABLE exam(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), day TEXT NOT NULL, programmes TEXT,
  responsible INTEGER REFERENCES record(id), feedback_date TEXT
, exam_day INTEGER REFERENCES record(id), no INTEGER, stations TEXT, complete INTEGER NOT NULL DEFAULT 0, examined INTEGER NOT NULL DEFAULT 1, results INTEGER NOT NULL DEFAULT 0, abnormal INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE referral(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), direction TEXT, urgency TEXT,
  programme TEXT, day TEXT NOT NULL, status TEXT NOT NULL, check_by TEXT, checked_on TEXT, answered_at TEXT,
  reached_on TEXT  -- the day it was accepted (or went further at once): indicators R1 and R2 count by it
) STRICT;
CREATE TABLE orphan(
  kind INTEGER NOT NULL, uid TEXT NOT NULL, record INTEGER NOT NULL REFERENCES record(id),
  PRIMARY KEY(kind, uid, record)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE audit(
  seq        INTEGER PRIMARY KEY,
  change_seq INTEGER NOT NULL,
  hash       BLOB NOT NULL
) STRICT;
CREATE TABLE submit(
  token  TEXT PRIMARY KEY,
  record INTEGER NOT NULL REFERENCES record(id)
) STRICT, WITHOUT ROWID;
CREATE TABLE device(
  id   INTEGER PRIMARY KEY,
  uid  TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL
, number INTEGER) STRICT;
CREATE TABLE due(
  resident  INTEGER NOT NULL REFERENCES record(id),
  task      TEXT NOT NULL,       -- followup referral_check contract_renew referral_answer exam_feedback
  programme TEXT NOT NULL,       -- '' when none
  record    INTEGER NOT NULL REFERENCES record(id),
  due       TEXT NOT NULL,
  show_from TEXT NOT NULL,
  village   INTEGER, urgency INTEGER NOT NULL DEFAULT 1, show_until TEXT NOT NULL DEFAULT '9999-12-31', reading TEXT,
  PRIMARY KEY(resident, task, programme, record)
) STRICT, WITHOUT ROWID;
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
, caps TEXT, plain INTEGER NOT NULL DEFAULT 0 CHECK(plain IN (0, 1)), goodput INTEGER NOT NULL DEFAULT 0, entry_bytes INTEGER NOT NULL DEFAULT 0, profile TEXT NOT NULL DEFAULT 'lan' CHECK(profile IN ('lan', 'metered', 'satellite')), budget INTEGER NOT NULL DEFAULT 0, budget_at INTEGER NOT NULL DEFAULT 0, fails INTEGER NOT NULL DEFAULT 0, next_try INTEGER NOT NULL DEFAULT 0, bundles INTEGER NOT NULL DEFAULT 0, compared_at INTEGER NOT NULL DEFAULT 0, few_at INTEGER NOT NULL DEFAULT 0, policy TEXT, policy_at INTEGER NOT NULL DEFAULT 0) STRICT;
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
, dangles INTEGER NOT NULL DEFAULT 0) STRICT;
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
CREATE TABLE former_name(
  resident INTEGER NOT NULL,
  name     TEXT NOT NULL,
  PRIMARY KEY(resident, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE search_pending(
  resident INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE sync_version(
  remote    INTEGER NOT NULL REFERENCES sync_remote(id),
  record    INTEGER NOT NULL REFERENCES record(id),
  role      INTEGER NOT NULL,
  version   TEXT NOT NULL,             -- the server's versionId
  hash      INTEGER NOT NULL,          -- of the content there: what is equal need not be sent again
  revision  INTEGER NOT NULL,          -- ours that says the same: the base of merges
  elsewhere INTEGER NOT NULL DEFAULT 0 CHECK(elsewhere IN (0, 1)), at INTEGER, stamp TEXT, mark TEXT,  -- made by somebody else: derived ones may exist there unknown to us
  PRIMARY KEY(remote, record, role)
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_kept(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  role   INTEGER NOT NULL,
  doc    TEXT NOT NULL,
  PRIMARY KEY(remote, record, role)
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_entry(
  seq     INTEGER NOT NULL REFERENCES outbox(seq) ON DELETE CASCADE,
  role    INTEGER NOT NULL,
  hash    INTEGER NOT NULL,
  base    TEXT,                        -- the version it replaced; NULL made a new resource
  PRIMARY KEY(seq, role)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE sync_unread(
  remote  INTEGER NOT NULL REFERENCES sync_remote(id),
  rtype   TEXT NOT NULL,
  id      TEXT NOT NULL,
  version TEXT NOT NULL,
  reason  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY(remote, rtype, id)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE code_entry(
  system   TEXT NOT NULL,
  code     TEXT NOT NULL,
  version  TEXT NOT NULL,
  text     TEXT NOT NULL,
  initials TEXT NOT NULL,
  pinyin   TEXT NOT NULL,
  PRIMARY KEY(code, system)
) STRICT, WITHOUT ROWID;
CREATE TABLE call(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), day TEXT NOT NULL, phone TEXT,
  outcome TEXT NOT NULL, again_on TEXT, again_time TEXT, doctor INTEGER REFERENCES record(id)
) STRICT;
CREATE TABLE refusal(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), day TEXT NOT NULL, what TEXT NOT NULL,
  programme TEXT, ask_again TEXT, doctor INTEGER REFERENCES record(id)
) STRICT;
CREATE TABLE note(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), day TEXT NOT NULL,
  about TEXT  -- id of the record it lies on; NULL: of the person
) STRICT;
CREATE TABLE person_identifier(
  system   TEXT NOT NULL,                       -- code of the resident's form: 01 identity card ... 90 temporary
  value    TEXT NOT NULL,
  resident INTEGER NOT NULL REFERENCES record(id),
  use      TEXT,
  PRIMARY KEY(value, system, resident)
) STRICT, WITHOUT ROWID;
CREATE TABLE match_candidate(
  a       INTEGER NOT NULL REFERENCES record(id),
  b       INTEGER NOT NULL REFERENCES record(id),
  reason  INTEGER NOT NULL,                     -- enum duplicate_reason
  decided INTEGER NOT NULL DEFAULT 0,           -- 1: two people
  PRIMARY KEY(a, b),
  CHECK(a < b)
) STRICT, WITHOUT ROWID;
CREATE TABLE "number_block"(
  name   TEXT NOT NULL,
  device INTEGER NOT NULL REFERENCES device(id),
  next   INTEGER NOT NULL,
  last   INTEGER NOT NULL,
  PRIMARY KEY(name, device)
) STRICT, WITHOUT ROWID;
CREATE TABLE verify_draw(
  id         INTEGER PRIMARY KEY,
  seed       INTEGER NOT NULL,
  drawn_on   TEXT NOT NULL,
  from_day   TEXT NOT NULL,
  until_day  TEXT NOT NULL,
  per_doctor INTEGER NOT NULL,
  drawn_by   INTEGER REFERENCES record(id)
) STRICT;
CREATE TABLE verify_item(
  id          INTEGER PRIMARY KEY,
  draw        INTEGER NOT NULL REFERENCES verify_draw(id),
  resident    INTEGER NOT NULL REFERENCES record(id),
  doctor      INTEGER NOT NULL REFERENCES record(id),
  record      INTEGER NOT NULL REFERENCES record(id),  -- the service they are asked about
  answer      TEXT,
  note        TEXT,
  answered_on TEXT,
  answered_by INTEGER REFERENCES record(id)
) STRICT;
CREATE TABLE service(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), contract INTEGER REFERENCES record(id),
  item TEXT NOT NULL, day TEXT NOT NULL, doctor INTEGER REFERENCES record(id)
) STRICT;
CREATE TABLE promise(
  contract INTEGER NOT NULL REFERENCES record(id),
  item     TEXT NOT NULL,
  planned  INTEGER NOT NULL,
  PRIMARY KEY(contract, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE credit(
  contract INTEGER NOT NULL REFERENCES record(id),
  item     TEXT NOT NULL,
  day      TEXT NOT NULL,
  source   INTEGER NOT NULL REFERENCES record(id),
  PRIMARY KEY(contract, item, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE notice(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), visit INTEGER REFERENCES record(id),
  day TEXT NOT NULL, disease TEXT NOT NULL, status TEXT NOT NULL, deadline TEXT
) STRICT;
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
CREATE TABLE stick_seen(
  record   INTEGER NOT NULL REFERENCES record(id),
  revision INTEGER NOT NULL,
  vector   TEXT NOT NULL, edited INTEGER, stamp TEXT, author TEXT,
  PRIMARY KEY(record, revision, vector)
) STRICT, WITHOUT ROWID;
CREATE TABLE stick_receipt(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  told   INTEGER,                       -- number of our file that first told it
  PRIMARY KEY(remote, record)
) STRICT, WITHOUT ROWID;
CREATE TABLE "sync_conflict"(
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
CREATE TABLE sync_id(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  rtype  TEXT NOT NULL,
  id     TEXT NOT NULL,                -- ours
  theirs TEXT NOT NULL,
  PRIMARY KEY(remote, rtype, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_gone(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  why    TEXT NOT NULL CHECK(why IN ('deleted', 'left')),
  at     INTEGER NOT NULL,
  PRIMARY KEY(remote, record)
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_newer(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  why    TEXT NOT NULL,
  PRIMARY KEY(remote, record)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE hub_client(
  id        INTEGER PRIMARY KEY,
  device    TEXT NOT NULL UNIQUE,      -- its code
  key_hash  BLOB NOT NULL UNIQUE,      -- BLAKE2b of its key: the key itself is on that computer alone
  joined_at INTEGER NOT NULL,
  seen_at   INTEGER NOT NULL DEFAULT 0,
  shut_out  INTEGER NOT NULL DEFAULT 0 CHECK(shut_out IN (0, 1))
) STRICT;
CREATE TABLE hub_invite(
  code   TEXT PRIMARY KEY,
  until  INTEGER NOT NULL,
  misses INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_backfill(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  begun  INTEGER NOT NULL DEFAULT 0 CHECK(begun IN (0, 1)), since INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(remote, record)
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_managed(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  PRIMARY KEY(remote, record)
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_untold(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  held   TEXT NOT NULL,                -- the version that we held then, '' = none: it is over with another one
  why    TEXT NOT NULL CHECK(why IN ('large', 'fault', 'pages', 'another', 'later')),
  at     INTEGER NOT NULL,             -- when it was asked last, by our clock; 0 = it is to be asked in the next round
  tries  INTEGER NOT NULL,
  PRIMARY KEY(remote, record)
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_lived(
  record  INTEGER NOT NULL REFERENCES record(id),
  since   INTEGER NOT NULL,            -- the first revision that says it ...
  until   INTEGER NOT NULL,            -- ... and the last one that was read
  village TEXT NOT NULL,               -- id, '' = none
  PRIMARY KEY(record, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE joined(
  record   INTEGER NOT NULL REFERENCES record(id),
  revision INTEGER NOT NULL,
  at       INTEGER NOT NULL,            -- when the later one of the two was edited, as far as was known then
  PRIMARY KEY(record, revision)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX record_uid ON record(uid, kind);
CREATE INDEX record_inactive ON record(state) WHERE state <> 0;
CREATE INDEX organisation_name ON organisation(name);
CREATE INDEX household_village ON household(village, house);
CREATE INDEX household_name ON household(village, name);
CREATE INDEX resident_id_number ON resident(id_number) WHERE id_number IS NOT NULL;
CREATE INDEX resident_file_no ON resident(file_no) WHERE file_no IS NOT NULL;
CREATE INDEX resident_birth ON resident(birth_date, sex);
CREATE INDEX resident_household ON resident(household) WHERE household IS NOT NULL;
CREATE INDEX resident_village ON resident(village, grp, house);
CREATE INDEX contract_resident ON contract(resident);
CREATE INDEX contract_end ON contract("end") WHERE status = 'active';
CREATE INDEX enrolment_resident ON enrolment(resident, programme, status);
CREATE INDEX enrolment_programme ON enrolment(programme, status);
CREATE INDEX followup_resident ON followup(resident, programme, day);
CREATE INDEX followup_day ON followup(day);
CREATE INDEX visit_day ON visit(day);
CREATE INDEX visit_resident ON visit(resident, day);
CREATE INDEX exam_resident ON exam(resident, day);
CREATE INDEX referral_resident ON referral(resident);
CREATE INDEX referral_day ON referral(day);
CREATE UNIQUE INDEX change_record ON change(record, revision);
CREATE INDEX due_show ON due(show_from, village);
CREATE INDEX report_snapshot_period ON report_snapshot(period);
CREATE INDEX outbox_record ON outbox(record, remote);
CREATE INDEX outbox_open ON outbox(remote, state, prio, seq) WHERE state < 6;
CREATE INDEX outbox_group ON outbox(grp, remote) WHERE state < 6;
CREATE INDEX outbox_rejected ON outbox(remote, grp) WHERE state = 6 OR state = 8;
CREATE INDEX record_of_kind ON record(kind, day) WHERE kind > 11;
CREATE INDEX code_entry_text ON code_entry(text);
CREATE INDEX code_entry_initials ON code_entry(initials);
CREATE INDEX code_entry_pinyin ON code_entry(pinyin);
CREATE INDEX call_resident ON call(resident, day);
CREATE INDEX refusal_resident ON refusal(resident, day);
CREATE INDEX note_about ON note(about) WHERE about IS NOT NULL;
CREATE INDEX resident_replaced ON resident(replaced_by) WHERE replaced_by IS NOT NULL;
CREATE INDEX resident_phone ON resident(phone) WHERE phone IS NOT NULL;
CREATE INDEX resident_died ON resident(died_on) WHERE died_on IS NOT NULL;
CREATE INDEX resident_away ON resident(status, village) WHERE status = '2';
CREATE INDEX household_head ON household(head) WHERE head IS NOT NULL;
CREATE INDEX person_identifier_of ON person_identifier(resident);
CREATE INDEX verify_item_draw ON verify_item(draw, doctor, id);
CREATE INDEX service_resident ON service(resident, day);
CREATE INDEX contract_team ON contract(team, status);
CREATE INDEX contract_doctor ON contract(doctor, status) WHERE doctor IS NOT NULL;
CREATE INDEX record_screening ON record(day) WHERE kind = 17;
CREATE INDEX visit_unfinished ON visit(day) WHERE status IN ('registered', 'in_progress');
CREATE INDEX notice_resident ON notice(resident, disease);
CREATE INDEX notice_day ON notice(day);
CREATE INDEX notice_visit ON notice(visit) WHERE visit IS NOT NULL;
CREATE INDEX notice_open ON notice(day) WHERE status = '1';
CREATE INDEX stick_file_seq ON stick_file(remote, dir, seq);
CREATE INDEX exam_of_day ON exam(exam_day, no) WHERE exam_day IS NOT NULL;
CREATE INDEX exam_day_resident ON exam(day, resident);
CREATE INDEX sync_conflict_open ON sync_conflict(record) WHERE state = 'open';
CREATE INDEX sync_conflict_auto ON sync_conflict(made_at) WHERE state = 'auto';
CREATE UNIQUE INDEX sync_id_theirs ON sync_id(remote, rtype, theirs);
CREATE INDEX sync_newer_record ON sync_newer(record);
CREATE INDEX resident_lost ON resident(lost_attempts) WHERE status = '5';
CREATE INDEX contract_number ON contract(number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX hub_version_of ON hub_version(rtype, id, version);
CREATE INDEX hub_version_changed ON hub_version(rtype, newest, updated);
CREATE INDEX record_of_resident ON record(resident, day, kind) WHERE resident IS NOT NULL;
CREATE INDEX sync_gone_record ON sync_gone(record);
CREATE INDEX outbox_dangling ON outbox(remote, grp) WHERE dangles > 0;
CREATE VIEW lost_rule(attempts) AS
SELECT coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'lost_attempts' AND CAST(value AS INTEGER) > 0), 3);
CREATE VIEW unreachable(id) AS
SELECT id FROM resident WHERE status = '5' AND lost_attempts >= (SELECT attempts FROM lost_rule);
CREATE VIEW receipt AS
SELECT r.id AS record, r.kind, r.uid, r.resident, r.revision, o.seq, o.state, o.prio, o.grp, o.attempts, o.outcome,
  o.revision AS queued, v.version, v.at, v.revision AS held
FROM record r
LEFT JOIN outbox o ON o.seq = coalesce(
  (SELECT d.seq FROM outbox d WHERE d.record = r.id AND d.remote = 1 AND d.state = 5),
  (SELECT max(n.seq) FROM outbox n WHERE n.record = r.id AND n.remote = 1))
LEFT JOIN sync_version v ON v.remote = 1 AND v.record = r.id AND v.role = 0;
CREATE VIEW proof(resident, contract, items, day, source) AS
SELECT x.resident, NULL, ',2,', x.day, x.id FROM exam x JOIN record r ON r.id = x.id AND r.state = 0
UNION ALL
SELECT f.resident, NULL, f.proves, f.day, f.id FROM followup f JOIN record r ON r.id = f.id AND r.state = 0
WHERE f.proves IS NOT NULL
UNION ALL
SELECT v.resident, NULL, v.proves, v.day, v.id FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
WHERE v.proves IS NOT NULL
UNION ALL
SELECT s.resident, s.contract, ',' || s.item || ',', s.day, s.id FROM service s JOIN record r ON r.id = s.id AND r.state = 0;
CREATE VIEW service_term(resident, contract, "from", until) AS
SELECT c.resident, c.id, c.start,
  min(coalesce(c."end", '9999-12-31'), CASE WHEN c.ended_on IS NULL THEN '9999-12-31'
    WHEN c.status = 'transferred' THEN date(c.ended_on, '-1 day') ELSE c.ended_on END)
FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.start IS NOT NULL AND (c.status = 'active' OR c.status = 'renewed' OR c.status = 'expired' OR c.status = 'terminated' OR
  c.status = 'transferred' OR c.status = 'terminating');
ANALYZE sync_remote;
DELETE FROM sqlite_stat1;
INSERT INTO "setting"(key, value) VALUES ('search_edition', '1');
INSERT INTO "setting"(key, value) VALUES ('stamps.from', '0');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('audit', NULL, '700000');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('change', 'change_record', '700000 1 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('contract', 'contract_doctor', '80000 800 500');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('contract', 'contract_end', '50000 150');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('contract', 'contract_resident', '80000 2');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('contract', 'contract_team', '80000 800 500');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('credit', 'credit', '300000 4 2 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('due', 'due', '60000 2 1 1 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('due', 'due_show', '60000 130 3');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('enrolment', 'enrolment_programme', '12000 6000 5000');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('enrolment', 'enrolment_resident', '12000 1 1 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('exam', 'exam_day_resident', '36000 60 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('exam', 'exam_of_day', '5000 80 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('exam', 'exam_resident', '36000 2 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('followup', 'followup_day', '150000 90');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('followup', 'followup_resident', '150000 13 13 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('household', 'household_village', '40000 500 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('organisation', 'organisation_name', '100 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('outbox', 'outbox_group', '10000 2 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('outbox', 'outbox_open', '10000 10000 2500 1200 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('outbox', 'outbox_record', '600000 1 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('outbox', 'outbox_rejected', '100 100 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('promise', 'promise', '300000 4 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('record', 'record_inactive', '600 600');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('record', 'record_of_kind', '50000 5000 50');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('record', 'record_uid', '600000 1 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('referral', 'referral_day', '20000 14');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('referral', 'referral_resident', '20000 4');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('resident', 'resident_birth', '100000 4 3');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('resident', 'resident_file_no', '100000 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('resident', 'resident_household', '100000 3');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('resident', 'resident_id_number', '100000 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('resident', 'resident_village', '100000 1250 200 3');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('search_all', 'search_all', '1100000 3 3 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('search_village', 'search_village', '900000 11000 2 2 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('service', 'service_resident', '20000 2 1');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('staff', NULL, '100');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('team', NULL, '100');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('visit', 'visit_day', '150000 150');
INSERT INTO "sqlite_stat1"(tbl, idx, stat) VALUES ('visit', 'visit_resident', '150000 3 1');
INSERT INTO "sync_remote"(id, name, kind, base_url, scope, write_mode, max_entries, max_bytes, last_push, last_pull, caps, plain, goodput, entry_bytes, profile, budget, budget_at, fails, next_try, bundles, compared_at, few_at, policy, policy_at) VALUES (1, 'county', 'county', NULL, 'all', 'put', 50, 16384, NULL, NULL, NULL, 0, 0, 0, 'lan', 0, 0, 0, 0, 0, 0, 0, NULL, 0);
ANALYZE sqlite_schema;
CREATE TRIGGER practice_stays_update BEFORE UPDATE ON setting
WHEN (old.key = 'practice' OR new.key = 'practice') AND (new.key IS NOT old.key OR new.value IS NOT old.value)
BEGIN SELECT raise(ABORT, 'practice mark is for ever'); END;
CREATE TRIGGER practice_stays_delete BEFORE DELETE ON setting WHEN old.key = 'practice'
BEGIN SELECT raise(ABORT, 'practice mark is for ever'); END;
CREATE TRIGGER practice_stays_insert BEFORE INSERT ON setting
WHEN new.key = 'practice' AND EXISTS (SELECT 1 FROM setting WHERE key = 'practice')
BEGIN SELECT raise(ABORT, 'practice mark is for ever'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'audit is append-only'); END;
CREATE TRIGGER report_snapshot_no_update BEFORE UPDATE ON report_snapshot
BEGIN SELECT raise(ABORT, 'a frozen report stays'); END;
CREATE TRIGGER report_snapshot_no_delete BEFORE DELETE ON report_snapshot
BEGIN SELECT raise(ABORT, 'a frozen report stays'); END;
PRAGMA user_version=40;

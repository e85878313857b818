-- Contracts in full: packages and services given by hand are records, and what was done of each promise is derived.

CREATE TABLE service(
  id INTEGER PRIMARY KEY REFERENCES record(id), resident INTEGER REFERENCES record(id), contract INTEGER REFERENCES record(id),
  item TEXT NOT NULL, day TEXT NOT NULL, doctor INTEGER REFERENCES record(id)
) STRICT;
CREATE INDEX service_resident ON service(resident, day);

ALTER TABLE contract ADD COLUMN doctor INTEGER REFERENCES record(id);
ALTER TABLE contract ADD COLUMN packages TEXT;  -- codes joined by commas
ALTER TABLE contract ADD COLUMN fee_total INTEGER;
ALTER TABLE contract ADD COLUMN paid TEXT;
UPDATE contract SET
  doctor = (SELECT d.id FROM record r JOIN record d ON d.uid = json_extract(r.body, '$.doctor') AND d.kind = 3
    WHERE r.id = contract.id),
  packages = (SELECT group_concat(j.value) FROM record r, json_each(r.body, '$.packages') j WHERE r.id = contract.id),
  fee_total = (SELECT json_extract(r.body, '$.fee_total') FROM record r WHERE r.id = contract.id),
  paid = (SELECT json_extract(r.body, '$.paid') FROM record r WHERE r.id = contract.id);
CREATE INDEX contract_team ON contract(team, status);
CREATE INDEX contract_doctor ON contract(doctor, status) WHERE doctor IS NOT NULL;

-- What each contract promises, from its items.
CREATE TABLE promise(
  contract INTEGER NOT NULL REFERENCES record(id),
  item     TEXT NOT NULL,
  planned  INTEGER NOT NULL,
  PRIMARY KEY(contract, item)
) STRICT, WITHOUT ROWID;
INSERT OR REPLACE INTO promise(contract, item, planned)
SELECT c.id, json_extract(j.value, '$.item'), coalesce(json_extract(j.value, '$.planned'), 1)
FROM contract c JOIN record r ON r.id = c.id, json_each(r.body, '$.items') j
WHERE json_extract(j.value, '$.item') IS NOT NULL;

-- What was done of it: one line for a contract, an item and a day, however many records prove it.  Derived from the records
-- at each save that touches the resident, so that voiding or moving the source takes its credit along.
CREATE TABLE credit(
  contract INTEGER NOT NULL REFERENCES record(id),
  item     TEXT NOT NULL,
  day      TEXT NOT NULL,
  source   INTEGER NOT NULL REFERENCES record(id),
  PRIMARY KEY(contract, item, day)
) STRICT, WITHOUT ROWID;

-- Which record proves which item on which day; contract only where the record itself names one.
-- 2 examination, 3 follow-up face to face, 5 guidance (a target was agreed on), 7 medication guidance (drugs are listed).
-- Empty fields and lists are not in a body, so its text tells (taking JSON apart costs ten times as much at each save).
CREATE VIEW proof(resident, contract, item, day, source) AS
SELECT x.resident, NULL, '2', x.day, x.id FROM exam x JOIN record r ON r.id = x.id AND r.state = 0
UNION ALL
SELECT f.resident, NULL, '3', f.day, f.id FROM followup f JOIN record r ON r.id = f.id AND r.state = 0 WHERE f.face = 1
UNION ALL
SELECT f.resident, NULL, '5', f.day, f.id FROM followup f JOIN record r ON r.id = f.id AND r.state = 0
WHERE f.face = 1 AND instr(r.body, '_target":') > 0
UNION ALL
SELECT f.resident, NULL, '7', f.day, f.id FROM followup f JOIN record r ON r.id = f.id AND r.state = 0
WHERE f.face = 1 AND instr(r.body, '"drugs":[') > 0
UNION ALL
SELECT v.resident, NULL, '7', v.day, v.id FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
WHERE v.status = 'finished' AND instr(r.body, '"prescriptions":[') > 0
UNION ALL
SELECT s.resident, s.contract, s.item, s.day, s.id FROM service s JOIN record r ON r.id = s.id AND r.state = 0;

-- The term of a contract as far as services count for it: a contract that was handed over ends the day before the next.
CREATE VIEW service_term(resident, contract, "from", until) AS
SELECT c.resident, c.id, c.start,
  min(coalesce(c."end", '9999-12-31'), CASE WHEN c.ended_on IS NULL THEN '9999-12-31'
    WHEN c.status = 'transferred' THEN date(c.ended_on, '-1 day') ELSE c.ended_on END)
FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.start IS NOT NULL AND c.status IN ('active', 'terminating', 'terminated', 'expired', 'renewed', 'transferred');

-- As db/sql/due.sql derives it for one resident.
INSERT OR IGNORE INTO credit(contract, item, day, source)
SELECT t.contract, q.item, p.day, min(p.source)
FROM service_term t JOIN promise q ON q.contract = t.contract
JOIN proof p ON p.resident = t.resident AND p.item = q.item AND p.day BETWEEN t."from" AND t.until
GROUP BY t.contract, q.item, p.day;
INSERT OR IGNORE INTO credit(contract, item, day, source)
SELECT t.contract, '1', t."from", t.resident
FROM service_term t JOIN promise q ON q.contract = t.contract AND q.item = '1' WHERE t.resident IS NOT NULL;

INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('service', 'service_resident', '20000 2 1'),
  ('contract', 'contract_team', '80000 800 500'),
  ('contract', 'contract_doctor', '80000 800 500'),
  ('promise', 'promise', '300000 4 1'),
  ('credit', 'credit', '300000 4 2 1');
ANALYZE sqlite_schema;

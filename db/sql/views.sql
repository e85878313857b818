-- Views of a connection, made when it is opened.

-- What the screening book still asks: of each person the newest sheet with a pressure, the newest with a glucose, and for the high
-- risk the newest with either.  What the higher hospital answered, on that sheet or a later one, settles it; ruled out leaves the risk.
-- A view of each connection's own: of the file's views JSON functions are not believed (SQLite 3.40, trusted_schema).
-- :name view_screening_open
CREATE TEMP VIEW IF NOT EXISTS screening_open(id, suspected, raised, high_risk) AS
SELECT id,
  answer IS NULL AND ((last_bp AND bp IN ('3', '4')) OR (last_glucose AND glucose IN ('3', '4'))),
  answer IS NULL AND last_bp AND bp = '2',
  coalesce(answer, '3') = '3' AND ((last_of_either AND risk = '2') OR (last_glucose AND glucose = '2'))
FROM (SELECT r.id AS id, r.body ->> '$.bp_result' AS bp, r.body ->> '$.glucose_result' AS glucose,
  r.body ->> '$.high_risk' AS risk,
  r.body ->> '$.bp_result' IS NOT NULL AND NOT EXISTS (SELECT 1 FROM record l
    WHERE l.resident = r.resident AND l.kind = 17 AND l.state = 0 AND (l.day, l.id) > (r.day, r.id)
      AND l.body ->> '$.bp_result' IS NOT NULL) AS last_bp,
  r.body ->> '$.glucose_result' IS NOT NULL AND NOT EXISTS (SELECT 1 FROM record l
    WHERE l.resident = r.resident AND l.kind = 17 AND l.state = 0 AND (l.day, l.id) > (r.day, r.id)
      AND l.body ->> '$.glucose_result' IS NOT NULL) AS last_glucose,
  coalesce(r.body ->> '$.bp_result', r.body ->> '$.glucose_result') IS NOT NULL AND NOT EXISTS (SELECT 1 FROM record l
    WHERE l.resident = r.resident AND l.kind = 17 AND l.state = 0 AND (l.day, l.id) > (r.day, r.id)
      AND coalesce(l.body ->> '$.bp_result', l.body ->> '$.glucose_result') IS NOT NULL) AS last_of_either,
  (SELECT c.body ->> '$.confirmed' FROM record c
    WHERE c.resident = r.resident AND c.kind = 17 AND c.state = 0 AND (c.day, c.id) >= (r.day, r.id)
      AND c.body ->> '$.confirmed' IN ('1', '2', '3') ORDER BY c.day DESC, c.id DESC LIMIT 1) AS answer
  FROM record r WHERE r.kind = 17 AND r.state = 0);

-- What travels: of each record the newest version, in the group of its change, and how pressing it is: urgent referrals first (0),
-- people before what is said about them (1, 2).  What is about somebody who is not on file yet (seen first, written up later) waits
-- until it is joined to a file: the county could not say of whom it is.  The first packages are on every device by themselves
-- (packages_seed.c) until somebody changes them.  A list of three kinds would make SQLite fill a table for each record.
-- :name view_travelling
CREATE TEMP VIEW IF NOT EXISTS travelling(record, grp, revision, prio) AS
SELECT r.id, c.grp, r.revision, CASE
  WHEN r.kind = 11 THEN (SELECT coalesce(f.urgency, '') NOT IN ('emergency', 'urgent') FROM referral f WHERE f.id = r.id)
  WHEN r.kind <= 5 THEN 1
  ELSE 2 END
FROM record r CROSS JOIN change c ON c.record = r.id AND c.revision = r.revision
WHERE NOT ((r.kind = 9 OR r.kind = 13 OR r.kind = 18) AND r.resident IS NULL AND r.body ->> '$.resident' IS NULL)
  AND NOT (r.kind = 14 AND r.revision = 1 AND substr(r.uid, 15, 1) = '5');

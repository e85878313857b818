-- What a record proves of the promises of agreements is kept beside it (app/service/record_proof.c): at each save of somebody
-- under an agreement all his records were searched for it.  ",3,7,"; NULL: nothing.
ALTER TABLE followup ADD COLUMN proves TEXT;
ALTER TABLE visit ADD COLUMN proves TEXT;
UPDATE followup SET proves = (SELECT ',' || group_concat(DISTINCT p.item) || ',' FROM proof p
  WHERE p.resident = followup.resident AND p.source = followup.id) WHERE face = 1;
UPDATE visit SET proves = (SELECT ',' || group_concat(DISTINCT p.item) || ',' FROM proof p
  WHERE p.resident = visit.resident AND p.source = visit.id) WHERE status = 'finished';

-- Which record proves which items on which day; contract only where the record itself names one.
DROP VIEW proof;
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

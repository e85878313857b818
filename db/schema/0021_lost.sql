-- People who cannot be found: since when, and how often they were looked for.  Contracts have a number; more of what they promise
-- is proven by records.
ALTER TABLE resident ADD COLUMN lost_on TEXT;
ALTER TABLE resident ADD COLUMN lost_attempts INTEGER;
CREATE INDEX resident_lost ON resident(lost_attempts) WHERE status = '5';

-- How often somebody is looked for before nothing is asked of anybody any more: the county's rule, three where it says nothing.
CREATE VIEW lost_rule(attempts) AS
SELECT coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'lost_attempts' AND CAST(value AS INTEGER) > 0), 3);
CREATE VIEW unreachable(id) AS
SELECT id FROM resident WHERE status = '5' AND lost_attempts >= (SELECT attempts FROM lost_rule);

ALTER TABLE contract ADD COLUMN number TEXT;
CREATE INDEX contract_number ON contract(number) WHERE number IS NOT NULL;

-- Which record proves which item on which day; contract only where the record itself names one.
-- 2 examination (a child's: the visit for its check), 3 follow-up face to face, 5 guidance (a target was agreed on), 7 medication
-- guidance (drugs are listed), 8 and 9 constitution and guidance on the yearly sheet of the elderly, 8 to 10 a visit marked with
-- the service of Chinese medicine, 11 to 13 visits by their diagnosis: supervision of a pregnancy, after a birth, a vaccination.
-- Empty fields and lists are not in a body, so its text tells (taking JSON apart costs ten times as much at each save).
DROP VIEW proof;
CREATE VIEW proof(resident, contract, item, day, source) AS
SELECT x.resident, NULL, '2', x.day, x.id FROM exam x JOIN record r ON r.id = x.id AND r.state = 0
UNION ALL
SELECT f.resident, NULL, p.item, f.day, f.id
FROM followup f CROSS JOIN record r ON r.id = f.id AND r.state = 0
CROSS JOIN (SELECT '3' AS item, '' AS programme, '{' AS mark UNION ALL SELECT '5', '', '_target":'
  UNION ALL SELECT '7', '', '"drugs":[' UNION ALL SELECT '8', 'elderly', '"pinghe":'
  UNION ALL SELECT '9', 'elderly', '"tcm_guidance":[') p ON p.programme IN ('', f.programme) AND instr(r.body, p.mark) > 0
WHERE f.face = 1
UNION ALL
SELECT v.resident, NULL, '7', v.day, v.id FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
WHERE v.status = 'finished' AND instr(r.body, '"prescriptions":[') > 0
UNION ALL
SELECT v.resident, NULL, p.item, v.day, v.id
FROM visit v CROSS JOIN record r ON r.id = v.id AND r.state = 0 AND instr(r.body, '"icd10":"Z') > 0
CROSS JOIN (SELECT '2' AS item, '*"icd10":"Z00.1*' AS mark UNION ALL SELECT '11', '*"icd10":"Z3[45]*'
  UNION ALL SELECT '12', '*"icd10":"Z39*' UNION ALL SELECT '13', '*"icd10":"Z2[3-7]*') p ON r.body GLOB p.mark
WHERE v.status = 'finished'
UNION ALL
SELECT v.resident, NULL, CASE j.value WHEN '1' THEN '8' WHEN '2' THEN '9' WHEN '3' THEN '10' END, v.day, v.id
FROM visit v CROSS JOIN record r ON r.id = v.id AND r.state = 0 AND instr(r.body, '"tcm":[') > 0
CROSS JOIN json_each(r.body, '$.tcm') j
WHERE v.status = 'finished'
UNION ALL
SELECT s.resident, s.contract, s.item, s.day, s.id FROM service s JOIN record r ON r.id = s.id AND r.state = 0;

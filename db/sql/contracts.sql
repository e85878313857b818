-- Contracts: what they promise and what of it was done, teams, services.

-- ---- what contracts promise and what of it was done ---------------------------------------------------------------------

-- :name promise_clear
DELETE FROM promise WHERE contract IN (SELECT id FROM contract WHERE resident = :resident);

-- :name promise_add
INSERT OR REPLACE INTO promise(contract, item, planned)
SELECT c.id, json_extract(j.value, '$.item'), coalesce(json_extract(j.value, '$.planned'), 1)
FROM contract c JOIN record r ON r.id = c.id, json_each(r.body, '$.items') j
WHERE c.resident = :resident AND json_extract(j.value, '$.item') IS NOT NULL;

-- :name credit_clear
DELETE FROM credit WHERE contract IN (SELECT id FROM contract WHERE resident = :resident);

-- Once for a day, however many records prove it.  The health file is there from the first day.
-- :name credit_add
INSERT INTO credit(contract, item, day, source)
SELECT contract, item, day, min(source) FROM (
  SELECT t.contract AS contract, q.item AS item, p.day AS day, p.source AS source
  FROM service_term t JOIN promise q ON q.contract = t.contract
  JOIN (SELECT * FROM proof WHERE resident = :resident) p ON p.item = q.item AND p.day BETWEEN t."from" AND t.until
    AND (p.contract IS NULL OR p.contract = t.contract)
  WHERE t.resident = :resident
  UNION ALL
  SELECT t.contract, '1', t."from", t.resident
  FROM service_term t JOIN promise q ON q.contract = t.contract AND q.item = '1' WHERE t.resident = :resident)
GROUP BY contract, item, day;

-- Contracts: what they promise and what of it was done, teams, services.

-- ---- what contracts promise and what of it was done ---------------------------------------------------------------------

-- :name promise_clear
DELETE FROM promise WHERE contract = :contract;

-- :name promise_add
INSERT OR REPLACE INTO promise(contract, item, planned) VALUES (:contract, :item, :planned);

-- :name credit_clear
DELETE FROM credit WHERE contract IN (SELECT id FROM contract WHERE resident = :resident);

-- Once for a day, however many records prove it: the first of them.  The health file is there from the first day.
-- What proves is read first, from the first contract on: the terms and what they promise are few.
-- :name credit_add
INSERT INTO credit(contract, item, day, source)
SELECT t.contract, q.item, p.day, p.source
FROM (SELECT * FROM proof WHERE resident = :resident AND day >= (SELECT min(start) FROM contract WHERE resident = :resident)) p
CROSS JOIN service_term t ON t.resident = :resident AND p.day BETWEEN t."from" AND t.until
  AND (p.contract IS NULL OR p.contract = t.contract)
CROSS JOIN promise q ON q.contract = t.contract AND instr(p.items, ',' || q.item || ',') > 0
WHERE true
ON CONFLICT DO UPDATE SET source = excluded.source WHERE excluded.source < source;

-- :name credit_add_file
INSERT OR IGNORE INTO credit(contract, item, day, source)
SELECT t.contract, '1', t."from", t.resident
FROM service_term t JOIN promise q ON q.contract = t.contract AND q.item = '1' WHERE t.resident = :resident;

-- ---- numbers ------------------------------------------------------------------------------------------------------------

-- :name contract_number_highest
SELECT coalesce(max(CAST(substr(number, length(:series) + 1) AS INTEGER)), 0) FROM contract
WHERE number >= :series AND number < :series || ':';

-- :name contract_by_number
SELECT r.uid FROM contract c JOIN record r ON r.id = c.id AND r.state = 0 WHERE c.number = :number ORDER BY c.id LIMIT 1;

-- :name contract_resident
SELECT resident FROM contract WHERE id = :id;

-- ---- lists: of living residents that are here; :village and :team 0 and :package NULL are all ------------------------------

-- :name contracts_to_renew
SELECT c.id FROM contract c JOIN record cr ON cr.id = c.id AND cr.state = 0
JOIN resident p ON p.id = c.resident AND p.status NOT IN ('3', '4') JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE c.status = 'active' AND c."end" BETWEEN :today AND :until
  AND (:village = 0 OR p.village = :village) AND (:team = 0 OR c.team = :team)
  AND (:package IS NULL OR instr(',' || c.packages || ',', ',' || :package || ',') > 0)
  AND c.resident NOT IN (SELECT id FROM unreachable)
  AND NOT EXISTS (SELECT 1 FROM contract n JOIN record nr ON nr.id = n.id AND nr.state = 0
    WHERE n.resident = c.resident AND n.status IN ('active', 'pending') AND n.start > c.start)
ORDER BY c."end", p.village, p.grp, p.house, c.id;

-- :name contracts_run_out
SELECT c.id FROM contract c JOIN record cr ON cr.id = c.id AND cr.state = 0
JOIN resident p ON p.id = c.resident AND p.status NOT IN ('3', '4') JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE c.status = 'active' AND c."end" < :today
  AND (:village = 0 OR p.village = :village) AND (:team = 0 OR c.team = :team)
  AND (:package IS NULL OR instr(',' || c.packages || ',', ',' || :package || ',') > 0)
  AND c.resident NOT IN (SELECT id FROM unreachable)
  AND NOT EXISTS (SELECT 1 FROM contract n JOIN record nr ON nr.id = n.id AND nr.state = 0
    WHERE n.resident = c.resident AND n.status IN ('active', 'pending') AND n.start > c.start)
ORDER BY c."end" DESC, p.village, p.grp, p.house, c.id;

-- :name contracts_in_state
SELECT c.id FROM contract c JOIN record cr ON cr.id = c.id AND cr.state = 0
JOIN resident p ON p.id = c.resident AND p.status NOT IN ('3', '4') JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE c.status = :status AND (:village = 0 OR p.village = :village) AND (:team = 0 OR c.team = :team)
  AND (:package IS NULL OR instr(',' || c.packages || ',', ',' || :package || ',') > 0)
ORDER BY c.start, p.village, p.grp, p.house, c.id;

-- :name contracts_in_force
SELECT c.id FROM contract c JOIN record cr ON cr.id = c.id AND cr.state = 0
JOIN resident p ON p.id = c.resident AND p.status NOT IN ('3', '4') JOIN record pr ON pr.id = p.id AND pr.state = 0
WHERE c.status IN ('active', 'terminating', 'renewed') AND c.start <= :today AND c."end" >= :today
  AND (:village = 0 OR p.village = :village) AND (:team = 0 OR c.team = :team)
  AND (:package IS NULL OR instr(',' || c.packages || ',', ',' || :package || ',') > 0)
ORDER BY c."end", p.village, p.grp, p.house, c.id;

-- :name contract_line
SELECT cr.uid, c.start, c."end", c.status, c.packages, t.name, pr.uid, p.name, p.sex, p.birth_date, p.grp, p.phone, v.name, pr.body
FROM contract c JOIN record cr ON cr.id = c.id
JOIN resident p ON p.id = c.resident JOIN record pr ON pr.id = p.id
LEFT JOIN team t ON t.id = c.team LEFT JOIN organisation v ON v.id = p.village
WHERE c.id = :id;

-- :name contract_services
SELECT k.item, k.day, k.source, r.kind, r.uid FROM credit k JOIN record r ON r.id = k.source
WHERE k.contract = :contract ORDER BY k.day, k.item;

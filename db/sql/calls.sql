-- Telephone outcomes.

-- :name call_add
INSERT INTO phone_call(resident, at, outcome, actor) VALUES (:resident, :at, :outcome, :actor);

-- :name call_last
SELECT c.at, c.outcome, s.name FROM phone_call c LEFT JOIN staff s ON s.id = c.actor
WHERE c.resident = :resident ORDER BY c.at DESC, c.id DESC LIMIT 1;

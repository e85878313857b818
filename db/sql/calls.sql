-- Telephone calls.

-- :name calls_of
SELECT c.id FROM call c JOIN record r ON r.id = c.id
WHERE c.resident = :resident AND r.state = 0 ORDER BY c.day DESC, c.id DESC LIMIT :limit;

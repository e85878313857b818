-- Telephone calls.

-- :name calls_of
SELECT c.id FROM call c JOIN record r ON r.id = c.id
WHERE c.resident = :resident AND r.state = 0 ORDER BY c.day DESC, c.id DESC LIMIT :limit;

-- Notes.

-- :name notes_about
SELECT n.id FROM note n JOIN record r ON r.id = n.id WHERE n.about = :about AND r.state = 0 ORDER BY n.day DESC, n.id DESC;

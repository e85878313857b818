-- Printed forms.

-- :name paper_followups
SELECT f.id FROM followup f JOIN record r ON r.id = f.id AND r.state = 0
WHERE f.resident = :resident AND f.programme = :programme AND f.day BETWEEN :from AND :to AND f.id <> :self
ORDER BY f.day DESC, f.id DESC;

-- Who is here already, for import.

-- Of the same name, birth date and sex.  A list without villages, or a resident without one,
-- contradicts none.
-- :name import_same_person
SELECT p.id, p.village IS :village FROM resident p JOIN record r ON r.id = p.id
WHERE p.birth_date = :date AND p.sex = :sex AND p.name = :name AND r.state = 0
  AND (:village IS NULL OR p.village IS NULL OR p.village = :village)
LIMIT 16;

-- :name households_named
SELECT h.id FROM household h JOIN record r ON r.id = h.id
WHERE h.village IS :village AND h.name = :name AND r.state = 0 ORDER BY h.id;

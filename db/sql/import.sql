-- Who is here already, for import.

-- Of the same name, birth date and sex.  A list without villages, or a resident without one,
-- contradicts none.
-- :name import_same_person
SELECT p.id, p.village IS :village,
  CASE WHEN p.id_type = '01' AND NOT EXISTS (SELECT 1 FROM person_identifier i
    WHERE i.value IN (:number, :other) AND i.resident = p.id) THEN p.id_number END
FROM resident p JOIN record r ON r.id = p.id
WHERE p.birth_date = :date AND p.sex = :sex AND p.name = :name AND r.state = 0
  AND (:village IS NULL OR p.village IS NULL OR p.village = :village)
LIMIT 16;

-- :name households_named
SELECT h.id FROM household h JOIN record r ON r.id = h.id
WHERE h.village IS :village AND h.name = :name AND r.state = 0 ORDER BY h.id;

-- A file that was merged into another one, by its number, file number, or name, birth date and sex: the row of the least
-- difference, without sorting.
-- :name import_merged
SELECT p.id, min(2 * (p.id_number IS NOT :number) + (p.file_no IS NOT :file_no)) FROM record r JOIN resident p ON p.id = r.id
WHERE r.state = 2 AND r.kind = 1 AND p.replaced_by IS NOT NULL
  AND (p.id_number = :number OR p.file_no = :file_no OR (p.name = :name AND p.birth_date = :date AND p.sex = :sex));

-- :name merged_by_number
SELECT r.uid, r.id FROM resident p JOIN record r ON r.id = p.id
WHERE r.state = 2 AND p.id_number = :number AND r.uid <> :not LIMIT 2;

-- Readings of one person in whatever record they stand.

-- :name reading_last
-- The newest value of a field up to a day, in units of 1/:scale.
SELECT day, CAST(round((body ->> ('$.' || :key)) * :scale) AS INTEGER) FROM record
WHERE resident = :resident AND state = 0 AND id <> :self AND day <= :day AND body ->> ('$.' || :key) IS NOT NULL
ORDER BY day DESC, id DESC LIMIT 1;

-- :name readings_today
-- Follow-ups, visits and examinations of the day, the newest first.
SELECT id FROM record WHERE resident = :resident AND day = :day AND state = 0 AND kind IN (8, 9, 10) ORDER BY id DESC;

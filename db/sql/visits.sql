-- The day's queue, and report cards of notifiable diseases.

-- :name visit_number_next
SELECT coalesce(max(queue_no), 0) + 1 FROM visit WHERE day = :day;

-- :name visit_before
-- The day of the last visit before, to tell first from repeat.
SELECT max(v.day) FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
WHERE v.resident = :resident AND v.day <= :day AND v.id <> :self AND v.status NOT IN ('cancelled', 'no_show');

-- :name visit_of_today
SELECT r.uid FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
WHERE v.day = :day AND v.resident = :resident AND v.status IN ('registered', 'in_progress') ORDER BY v.queue_no, v.id LIMIT 1;

-- :name visit_queue
SELECT v.id FROM visit v JOIN record r ON r.id = v.id AND r.state = 0 WHERE v.day = :day ORDER BY v.queue_no, v.id;

-- :name visit_unfinished
SELECT v.id FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
WHERE v.status IN ('registered', 'in_progress') AND v.day < :day ORDER BY v.day DESC, v.queue_no, v.id;

-- :name count_visits_unfinished
SELECT count(*) FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
WHERE v.status IN ('registered', 'in_progress') AND v.day < :today
  AND (:village IS NULL OR (SELECT p.village FROM resident p WHERE p.id = v.resident) = :village);

-- :name visit_log
SELECT v.id FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
WHERE v.day BETWEEN :from AND :to AND v.status IN ('finished', 'in_progress', 'registered') ORDER BY v.day, v.queue_no, v.id;

-- :name visit_notice
-- Where the report of a visit's disease stands.
SELECT n.status FROM notice n JOIN record r ON r.id = n.id AND r.state = 0 WHERE n.visit = :visit
ORDER BY n.status = '2' DESC LIMIT 1;

-- :name notice_known
-- A card of this disease for this person, of this visit or since :since.
SELECT count(*) FROM notice n JOIN record r ON r.id = n.id AND r.state = 0
WHERE n.disease = :disease AND (n.visit = :visit OR (n.resident = :resident AND n.status <> '3' AND n.day >= :since));

-- :name notice_of_visit
SELECT n.id FROM notice n JOIN record r ON r.id = n.id AND r.state = 0 WHERE n.visit = :visit;

-- :name notice_list
SELECT n.id FROM notice n JOIN record r ON r.id = n.id AND r.state = 0 WHERE n.day BETWEEN :from AND :to ORDER BY n.day, n.id;

-- :name count_notices_open
SELECT count(*) FROM notice n JOIN record r ON r.id = n.id AND r.state = 0
LEFT JOIN record v ON v.id = n.visit
WHERE n.status = '1' AND coalesce(v.state, 0) = 0
  AND (:village IS NULL OR (SELECT p.village FROM resident p WHERE p.id = n.resident) = :village);

-- :name referral_visit
SELECT v.id FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
WHERE v.resident = :resident AND v.day = :day AND v.status IN ('registered', 'in_progress', 'finished') ORDER BY v.id DESC LIMIT 1;

-- :name record_stays_here
-- A visit or a report card of somebody known by name alone.
SELECT 1 FROM record WHERE id = :record AND resident IS NULL AND kind IN (9, 18);

-- What reports read.  Each statement reads one window of ids, :after < id <= :upto, so that none lasts long.  The few
-- records that are void or merged are read first (report_inactive) and passed over, so that the wide table of records is
-- not touched.

-- :name report_last
SELECT coalesce((SELECT max(id) FROM record), 0), coalesce((SELECT max(seq) FROM change), 0);

-- :name report_inactive
SELECT id FROM record WHERE state <> 0 ORDER BY id;

-- :name report_places
SELECT id, name FROM organisation ORDER BY id;

-- :name report_staff
SELECT id, name FROM staff ORDER BY id;

-- :name report_residents
SELECT id, name, sex, birth_date, id_number, village, grp, status, died_on, moved_on,
  coalesce(filed_on, (SELECT date(r.created_at / 1000, 'unixepoch', 'localtime') FROM record r WHERE r.id = resident.id)),
  key_flags, disability, past_diseases, away_since, lost_on
FROM resident WHERE id > :after AND id <= :upto ORDER BY id;

-- :name report_enrolments
SELECT id, resident, programme, enrolled_on, status,
  CASE WHEN status = 'lost' THEN coalesce(ended_on, (SELECT r.body ->> '$.lost_on' FROM record r WHERE r.id = enrolment.id))
    ELSE ended_on END, end_reason
FROM enrolment WHERE id > :after AND id <= :upto ORDER BY id;

-- :name report_followups
SELECT id, resident, programme, day, face, complete, class, measured, controlled, value, doctor
FROM followup WHERE id > :after AND id <= :upto AND day >= :from AND blank = 0 ORDER BY id;

-- Who was seen with a name alone is nobody's file; how old he is stands in the sheet.
-- :name report_visits
SELECT id, resident, day, status, icd10, doctor, walkin_name,
  CASE WHEN resident IS NULL THEN (SELECT r.body ->> '$.walkin_age' FROM record r WHERE r.id = visit.id) END
FROM visit WHERE id > :after AND id <= :upto AND day >= :from ORDER BY id;

-- :name report_exams
SELECT id, resident, day, complete FROM exam WHERE id > :after AND id <= :upto AND day >= :from AND examined ORDER BY id;

-- When one that begins later was signed: a renewal counts from that day.
-- :name report_contracts
SELECT id, resident, start, "end", ended_on, status, previous, fee_total, paid,
  CASE WHEN start > :cutoff THEN (SELECT r.body ->> '$.signed_on' FROM record r WHERE r.id = contract.id) END
FROM contract WHERE id > :after AND id <= :upto ORDER BY id;

-- :name report_promises
SELECT p.contract, p.planned, (SELECT count(*) FROM credit k WHERE k.contract = p.contract AND k.item = p.item AND k.day <= :cutoff)
FROM promise p WHERE p.contract > :after AND p.contract <= :upto ORDER BY p.contract;

-- :name report_referrals
SELECT id, resident, direction, day, reached_on, checked_on, status, urgency, programme
FROM referral WHERE id > :after AND id <= :upto ORDER BY id;

-- :name report_snapshot_find
SELECT id, made_at, hash, size, body FROM report_snapshot
WHERE period = :period AND (:id = 0 OR id = :id) ORDER BY id DESC LIMIT 1;

-- :name report_snapshot_list
SELECT id, made_at, hash FROM report_snapshot WHERE period = :period ORDER BY id DESC;

-- :name report_snapshot_add
INSERT INTO report_snapshot(period, cutoff, made_at, made_by, program, hash, size, body)
VALUES (:period, :cutoff, :made_at, :made_by, :program, :hash, :size, :body);

-- Who lives here today: the rule of reports_count.c.  Row by row: grouping a hundred thousand costs more than adding them up.
-- :name population
SELECT birth_date, sex FROM resident
WHERE village IS coalesce(:village, village)
  AND NOT (CASE WHEN died_on IS NOT NULL THEN died_on <= :today ELSE status = '4' END)
  AND NOT (status = '3' AND (moved_on IS NULL OR moved_on <= :today))
  AND NOT (status = '2' AND :away IS NOT NULL AND away_since IS NOT NULL AND away_since <= :away)
  AND id NOT IN (SELECT id FROM record WHERE state <> 0);

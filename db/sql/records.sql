-- Use cases over records of any kind.

-- Lists are read in pages: after the last row of the page before.

-- :name list_organisation
SELECT r.id FROM organisation t JOIN record r ON r.id = t.id WHERE t.id > coalesce(:after, 0) AND (r.state = 0 OR :all) ORDER BY t.id LIMIT coalesce(:page, -1);
-- :name list_staff
SELECT r.id FROM staff t JOIN record r ON r.id = t.id WHERE t.id > coalesce(:after, 0) AND (r.state = 0 OR :all) ORDER BY t.id LIMIT coalesce(:page, -1);
-- :name list_team
SELECT r.id FROM team t JOIN record r ON r.id = t.id WHERE t.id > coalesce(:after, 0) AND (r.state = 0 OR :all) ORDER BY t.id LIMIT coalesce(:page, -1);
-- :name list_household
SELECT r.id FROM household t JOIN record r ON r.id = t.id WHERE t.id > coalesce(:after, 0) AND (r.state = 0 OR :all) ORDER BY t.id LIMIT coalesce(:page, -1);
-- :name list_resident
SELECT r.id FROM resident t JOIN record r ON r.id = t.id WHERE t.id > coalesce(:after, 0) AND (r.state = 0 OR :all) ORDER BY t.id LIMIT coalesce(:page, -1);
-- :name list_contract
SELECT r.id FROM contract t JOIN record r ON r.id = t.id WHERE t.id > coalesce(:after, 0) AND (r.state = 0 OR :all) ORDER BY t.id LIMIT coalesce(:page, -1);
-- :name list_enrolment
SELECT r.id FROM enrolment t JOIN record r ON r.id = t.id WHERE t.id > coalesce(:after, 0) AND (r.state = 0 OR :all) ORDER BY t.id LIMIT coalesce(:page, -1);
-- :name list_followup
SELECT r.id FROM followup t JOIN record r ON r.id = t.id WHERE t.id > coalesce(:after, 0) AND (r.state = 0 OR :all) ORDER BY t.id LIMIT coalesce(:page, -1);
-- :name list_visit
SELECT r.id FROM visit t JOIN record r ON r.id = t.id WHERE t.id > coalesce(:after, 0) AND (r.state = 0 OR :all) ORDER BY t.id LIMIT coalesce(:page, -1);
-- :name list_exam
SELECT r.id FROM exam t JOIN record r ON r.id = t.id WHERE t.id > coalesce(:after, 0) AND (r.state = 0 OR :all) ORDER BY t.id LIMIT coalesce(:page, -1);
-- :name list_referral
SELECT r.id FROM referral t JOIN record r ON r.id = t.id WHERE t.id > coalesce(:after, 0) AND (r.state = 0 OR :all) ORDER BY t.id LIMIT coalesce(:page, -1);

-- Kinds from 12 on: the condition of the index record_of_kind.
-- :name list_of_kind
SELECT id FROM record WHERE kind > 11 AND kind = :kind AND id > coalesce(:after, 0) AND (state = 0 OR :all)
ORDER BY id LIMIT coalesce(:page, -1);

-- :name list_of_resident
SELECT id FROM record WHERE resident = :resident AND kind = :kind AND id > coalesce(:after, 0) AND (state = 0 OR :all)
ORDER BY id LIMIT coalesce(:page, -1);

-- :name list_residents_of_village
SELECT r.id FROM resident t JOIN record r ON r.id = t.id WHERE t.village = :village AND t.id > coalesce(:after, 0) AND (r.state = 0 OR :all)
ORDER BY t.id LIMIT coalesce(:page, -1);

-- :name resident_by_number
SELECT r.uid, r.id FROM resident t JOIN record r ON r.id = t.id
WHERE r.state = 0 AND t.id_number = :number AND r.uid <> :not LIMIT 2;

-- :name resident_by_file_no
SELECT r.uid, r.id FROM resident t JOIN record r ON r.id = t.id
WHERE r.state = 0 AND t.file_no = :number AND r.uid <> :not LIMIT 2;

-- :name followup_previous
SELECT f.id FROM followup f JOIN record r ON r.id = f.id
WHERE f.resident = :resident AND f.programme = :programme AND f.day <= :day AND r.state = 0 AND f.measured = 1 AND f.id <> :self
ORDER BY f.day DESC, f.id DESC LIMIT 1;

-- :name followup_same_day
SELECT count(*) FROM followup f JOIN record r ON r.id = f.id
WHERE f.resident = :resident AND f.programme = :programme AND f.day = :day AND r.state = 0 AND f.blank = 0 AND f.id <> :self;

-- :name followup_last_before
SELECT max(f.day) FROM followup f JOIN record r ON r.id = f.id
WHERE f.resident = :resident AND f.programme = :programme AND f.day <= :day AND r.state = 0 AND f.blank = 0 AND f.id <> :self;

-- :name followup_faces_in_year
SELECT count(*) FROM followup f JOIN record r ON r.id = f.id
WHERE f.resident = :resident AND f.programme = :programme AND f.face = 1 AND r.state = 0 AND f.id <> :self
  AND f.day >= substr(:day, 1, 4) || '-01-01' AND f.day <= :day;

-- :name referral_open
-- Where one of the two names no disease it may be the same.
SELECT count(*) FROM referral f JOIN record r ON r.id = f.id
WHERE f.resident = :resident AND (:programme = '' OR coalesce(f.programme, '') IN ('', :programme)) AND r.state = 0
  AND f.direction = 'up'
  AND f.status IN ('requested', 'accepted', 'in_progress') AND f.id <> :self;

-- :name enrolment_active
SELECT e.id FROM enrolment e JOIN record r ON r.id = e.id
WHERE e.resident = :resident AND e.programme = :programme AND r.state = 0 AND e.status IN ('active', 'paused', 'lost')
  AND e.id <> :self LIMIT 1;

-- :name enrolments_active
SELECT group_concat(programme) FROM (SELECT DISTINCT e.programme FROM enrolment e JOIN record r ON r.id = e.id AND r.state = 0
  WHERE e.resident = :resident AND e.status IN ('active', 'paused', 'lost') ORDER BY e.programme);

-- :name visit_previous
SELECT v.id FROM visit v JOIN record r ON r.id = v.id
WHERE v.resident = :resident AND v.day <= :day AND r.state = 0 AND v.id <> :self ORDER BY v.day DESC, v.id DESC LIMIT 1;

-- :name exam_previous
SELECT x.id FROM exam x JOIN record r ON r.id = x.id
WHERE x.resident = :resident AND x.day <= :day AND r.state = 0 AND x.id <> :self ORDER BY x.day DESC, x.id DESC LIMIT 1;

-- Whether he looks after himself and is clear in his mind, each by the newest sheet that says it: one that was only begun says
-- nothing.
-- :name exam_about_care
SELECT
  (SELECT r.body ->> '$.self_care' FROM exam x JOIN record r ON r.id = x.id
   WHERE x.resident = :resident AND x.day <= :day AND r.state = 0 AND instr(r.body, '"self_care":') > 0
   ORDER BY x.day DESC, x.id DESC LIMIT 1),
  (SELECT r.body ->> '$.cognition' FROM exam x JOIN record r ON r.id = x.id
   WHERE x.resident = :resident AND x.day <= :day AND r.state = 0 AND instr(r.body, '"cognition":') > 0
   ORDER BY x.day DESC, x.id DESC LIMIT 1);

-- :name exams_of_day
SELECT x.id FROM exam x JOIN record r ON r.id = x.id
WHERE x.resident = :resident AND x.day = :day AND r.state = 0 ORDER BY x.id;

-- :name followups_of_day
SELECT f.id FROM followup f JOIN record r ON r.id = f.id
WHERE f.resident = :resident AND f.day = :day AND r.state = 0 ORDER BY f.id;

-- :name contracts_open
SELECT r.uid, c.status, c.start, c."end", c.id FROM contract c JOIN record r ON r.id = c.id
WHERE c.resident = :resident AND r.state = 0 AND c.status IN ('active', 'terminating', 'pending') AND c.id <> :self
ORDER BY c.start DESC;

-- :name group_of_record
SELECT grp, actor, utc, origin FROM change WHERE record = :record AND revision = :revision;

-- :name group_members
SELECT c.record, c.revision, r.revision FROM change c JOIN record r ON r.id = c.record
WHERE c.seq >= :grp AND c.grp = :grp AND c.seq < :grp + 200 ORDER BY c.seq DESC;

-- :name likeness_past
SELECT CAST(body ->> '$.sbp' AS INTEGER), CAST(round((body ->> '$.weight') * 10) AS INTEGER),
  CAST(round((body ->> '$.height') * 10) AS INTEGER)
FROM record
WHERE resident = :resident AND state = 0 AND kind IN (8, 9, 10) AND id <> :self AND day BETWEEN date(:day, '-2 years') AND :day
ORDER BY day DESC, id DESC LIMIT :limit;

-- :name records_of_person
SELECT id FROM record WHERE resident = :resident AND state = 0 ORDER BY id;

-- Has he of 65 and more (by the year's end) no examination of this year, and did he not refuse one until later?
-- :name exam_is_missing
SELECT count(*) FROM resident p
WHERE p.id = :resident AND p.birth_date <= (substr(:today, 1, 4) - 65) || '-12-31'
  AND NOT EXISTS (SELECT 1 FROM exam x JOIN record r ON r.id = x.id AND r.state = 0
    WHERE x.resident = p.id AND x.day >= substr(:today, 1, 4) AND x.examined)
  AND NOT EXISTS (SELECT 1 FROM refusal f JOIN record r ON r.id = f.id AND r.state = 0
    WHERE f.resident = p.id AND f.what = '2' AND f.ask_again > :today);

-- :name screening_to_refer
-- The newest sheet of the screening book since a day that asks for the hospital, while no referral was written since.
SELECT s.id FROM record s
WHERE s.resident = :resident AND s.kind = 17 AND s.state = 0 AND s.day >= :since AND s.body ->> '$.confirmed' IS NULL
  AND (s.body ->> '$.bp_result' IN ('3', '4') OR s.body ->> '$.glucose_result' IN ('3', '4'))
  AND NOT EXISTS (SELECT 1 FROM referral f JOIN record fr ON fr.id = f.id AND fr.state = 0
    WHERE f.resident = :resident AND f.direction = 'up' AND f.day >= s.day AND f.status <> 'cancelled')
ORDER BY s.day DESC, s.id DESC LIMIT 1;

-- :name records_with_gaps
-- Follow-ups of this quarter and the year's examination that still lack something, the newest first; a sheet on which
-- nothing was filled in is none.
SELECT id FROM (
  SELECT f.id, f.day FROM followup f JOIN record r ON r.id = f.id AND r.state = 0
  WHERE f.resident = :resident AND f.day >= :quarter AND NOT f.complete AND NOT f.blank
  UNION ALL
  SELECT x.id, x.day FROM exam x JOIN record r ON r.id = x.id AND r.state = 0
  WHERE x.resident = :resident AND x.day >= substr(:quarter, 1, 4) AND x.examined AND NOT x.complete)
ORDER BY day DESC, id DESC LIMIT 4;

-- :name enrolment_known
SELECT DISTINCT e.programme FROM enrolment e JOIN record r ON r.id = e.id AND r.state = 0 WHERE e.resident = :resident;

-- :name enrolment_diagnoses
SELECT DISTINCT substr(v.icd10, 1, 3) FROM visit v JOIN record r ON r.id = v.id AND r.state = 0
WHERE v.resident = :resident AND v.icd10 IS NOT NULL
UNION SELECT substr(s.body ->> '$.icd10', 1, 3) FROM record s
WHERE s.resident = :resident AND s.kind = 17 AND s.state = 0 AND s.body ->> '$.icd10' IS NOT NULL;

-- :name screening_ids
SELECT r.id FROM record r JOIN resident p ON p.id = r.resident AND p.status NOT IN ('3', '4')
WHERE r.kind = 17 AND r.state = 0 AND (:village IS NULL OR p.village = :village)
  AND (:which = 0 OR EXISTS (SELECT 1 FROM screening_open s
    WHERE s.id = r.id AND CASE :which WHEN 1 THEN s.suspected WHEN 2 THEN s.raised ELSE s.high_risk END))
ORDER BY r.day DESC, r.id DESC;

-- What hangs on a record, by kind, the most first: dependants.c.  Notes, calls and disputes go with the person.
-- :name dependants_of_resident
SELECT kind, count(*) FROM record WHERE resident = :row AND state = 0 AND kind NOT IN (13, 20, 21) GROUP BY kind ORDER BY 2 DESC, 1;

-- Who died or moved away keeps the name of the village where he lived.
-- :name dependants_of_organisation
SELECT 1, count(*) AS n FROM resident p JOIN record r ON r.id = p.id AND r.state = 0
WHERE p.village = :row AND p.status NOT IN ('3', '4') HAVING n > 0;

-- :name dependants_of_household
SELECT 1, count(*) AS n FROM resident p JOIN record r ON r.id = p.id AND r.state = 0 WHERE p.household = :row HAVING n > 0;

-- Contracts that are over keep the name of their team.
-- :name dependants_of_team
SELECT 6, count(*) AS n FROM contract c JOIN record r ON r.id = c.id AND r.state = 0
WHERE c.team = :row AND c.status IN ('draft', 'pending', 'active', 'terminating') HAVING n > 0;

-- :name dependants_of_exam_day
SELECT 10, count(*) AS n FROM exam x JOIN record r ON r.id = x.id AND r.state = 0 WHERE x.exam_day = :row HAVING n > 0;

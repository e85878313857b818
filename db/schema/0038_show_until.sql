-- What is on the list for a while only says its last day (lasts in app/service/tasks.c), or nobody whom nothing is saved about would
-- ever leave it; and what was read stands beside it, so that a list of thousands reads no record.  As they are derived from now on.
ALTER TABLE due ADD COLUMN show_until TEXT NOT NULL DEFAULT '9999-12-31';
ALTER TABLE due ADD COLUMN reading TEXT;
UPDATE due SET show_until = coalesce(date((SELECT r.day FROM record r WHERE r.id = due.record), '+1 year'), show_until)
WHERE task IN ('raised', 'exam_feedback');
UPDATE due SET show_until = coalesce(date(due, '+46 days'), show_until) WHERE task = 'referral_return';
UPDATE due SET show_until = coalesce(date(due, '+91 days'), show_until) WHERE task IN ('unsigned_followup', 'unsigned_visit');
UPDATE due SET reading = (SELECT coalesce(r.body ->> '$.sbp_mean' || '/' || (r.body ->> '$.dbp_mean'),
    r.body ->> '$.sbp' || '/' || (r.body ->> '$.dbp')) FROM record r WHERE r.id = due.record)
WHERE task = 'raised' AND programme = 'htn';
-- rounded as one says it: 7.25 is 7.3
UPDATE due SET reading = (SELECT CASE WHEN r.body ->> '$.fpg' IS NULL AND r.body ->> '$.fpg_meter' IS NOT NULL THEN 'HI'
    ELSE (SELECT printf('%d.%d', n / 10, n % 10) FROM (SELECT (CAST(round(100 * v) AS INTEGER) + 5) / 10 AS n
      FROM (SELECT coalesce(r.body ->> '$.fpg', r.body ->> '$.glucose') AS v)) WHERE n > 0) END
  FROM record r WHERE r.id = due.record)
WHERE task = 'raised' AND programme = 'dm';

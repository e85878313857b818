-- Sync: rows of the outbox, what remotes hold, cursors, conflicts.

-- :name sync_remote_load
SELECT id, base_url, scope, max_entries, max_bytes, last_pull, write_mode, plain, profile, goodput, entry_bytes, budget,
  budget_at, fails, next_try, bundles, compared_at, kind = 'hub', few_at, policy, policy_at, last_push
FROM sync_remote WHERE name = :name;

-- :name sync_remote_add
INSERT INTO sync_remote(name, kind, scope) VALUES (:name, :kind, 'all');

-- :name sync_remote_addresses
SELECT base_url FROM sync_remote WHERE base_url IS NOT NULL AND kind <> 'usb';

-- :name sync_remote_count
SELECT count(*) FROM sync_remote;

-- Another server: what it can do and how its line goes is not known.
-- :name sync_remote_url
UPDATE sync_remote SET base_url = :url, last_pull = NULL, last_push = NULL, caps = NULL, write_mode = 'put', plain = 0, goodput = 0,
  entry_bytes = 0, max_entries = 50, few_at = 0, fails = 0, next_try = 0, compared_at = 0, policy = NULL, policy_at = 0
WHERE id = :remote;

-- :name sync_remote_caps
UPDATE sync_remote SET caps = :caps, write_mode = :mode, plain = :plain, few_at = 0 WHERE id = :remote;

-- :name sync_remote_probed
SELECT caps FROM sync_remote WHERE id = :remote;

-- :name sync_remote_pace
UPDATE sync_remote SET max_bytes = :max_bytes, goodput = :goodput, entry_bytes = :entry_bytes, budget = :budget,
  budget_at = :budget_at, fails = :fails, next_try = :next_try, bundles = :bundles, compared_at = :compared_at,
  policy = :policy, policy_at = :policy_at,
  max_entries = coalesce(:max_entries, max_entries), few_at = :few_at,
  last_push = coalesce(:pushed_at, last_push), last_pull = coalesce(:pulled_at, last_pull)
WHERE id = :remote;

-- :name sync_remote_profile
UPDATE sync_remote SET profile = :profile, budget_at = 0 WHERE id = :remote;

-- The oldest first, whatever their class.
-- :name sync_pending_oldest
SELECT o.seq, o.grp, o.record, o.revision, o.state, r.kind, r.uid, o.stamp, 0, o.prio
FROM outbox o JOIN record r ON r.id = o.record
WHERE o.remote = :remote AND o.state = 0 AND o.seq > :after
ORDER BY o.seq LIMIT :limit;

-- :name sync_pending
SELECT o.seq, o.grp, o.record, o.revision, o.state, r.kind, r.uid, o.stamp, 0, o.prio
FROM outbox o JOIN record r ON r.id = o.record
WHERE o.remote = :remote AND o.state < 6 AND o.state = 0 AND (o.prio, o.seq) > (:prio, :after)
ORDER BY o.prio, o.seq LIMIT :limit;

-- :name sync_group
SELECT o.seq, o.grp, o.record, o.revision, o.state, r.kind, r.uid, o.stamp, 0, o.prio
FROM outbox o JOIN record r ON r.id = o.record
WHERE o.grp = :grp AND o.remote = :remote AND o.state < 6 AND o.state = 0 ORDER BY o.seq;

-- Does something of the group wait for an older version of it, whose fate is open or before a person?
-- :name sync_group_waits
SELECT EXISTS (SELECT 1 FROM outbox WHERE grp = :grp AND remote = :remote AND state < 6 AND state = 1);

-- :name sync_in_state
SELECT o.seq, o.grp, o.record, o.revision, o.state, r.kind, r.uid, o.stamp, coalesce(b.ask_after, 0), o.prio
FROM outbox o JOIN record r ON r.id = o.record LEFT JOIN sync_batch b ON b.batch = o.batch
WHERE o.remote = :remote AND o.state < 6 AND o.state = :state AND o.seq > :after ORDER BY o.seq LIMIT :limit;

-- Groups that named what the remote lacks when they went last, the urgent ones first.
-- :name sync_dangling
SELECT o.seq, o.grp, o.record, o.revision, o.state, r.kind, r.uid, o.stamp, 0, d.prio
FROM (SELECT min(seq) AS first, min(prio) AS prio FROM outbox WHERE remote = :remote AND dangles > 0 AND state = 0 GROUP BY grp) d
JOIN outbox o ON o.seq = d.first JOIN record r ON r.id = o.record
ORDER BY d.prio, d.first;

-- What they wait for, of a class at most; not what never came.
-- :name sync_dangling_for
SELECT DISTINCT outcome FROM outbox WHERE remote = :remote AND dangles > 0 AND dangles < :rounds AND state = 0 AND prio <= :prio
AND outcome IS NOT NULL;

-- :name sync_dangles
UPDATE outbox SET dangles = dangles + 1, outcome = :what WHERE seq = :seq AND state = 0;

-- One more round for all that waits in a group.
-- :name sync_dangles_on
UPDATE outbox SET dangles = dangles + 1 WHERE grp = :grp AND remote = :remote AND dangles > 0 AND state = 0;

-- For how many rounds a group waits, and for what; NULL where something of it was changed since.
-- :name sync_dangled
SELECT max(dangles), CASE WHEN count(outcome) = count(*) THEN min(outcome) END FROM outbox WHERE grp = :grp AND remote = :remote AND state < 6 AND state = 0;

-- :name sync_newest
SELECT o.seq, o.grp, o.record, o.revision, o.state, r.kind, r.uid, o.stamp, 0, o.prio
FROM outbox o JOIN record r ON r.id = o.record
WHERE o.record = :record AND o.remote = :remote ORDER BY o.seq DESC LIMIT 1;

-- :name sync_move
UPDATE outbox SET state = :to, outcome = CASE WHEN :to = 7 THEN NULL ELSE coalesce(:outcome, outcome) END,
  attempts = attempts + :attempt, dangles = CASE WHEN :to = 7 THEN 0 ELSE dangles END,
  batch = CASE WHEN :to = 7 THEN NULL ELSE batch END, sha = CASE WHEN :to = 7 THEN NULL ELSE sha END
WHERE seq = :seq AND state = :from;

-- What did not arrive goes with what was saved since: the generation that waited behind a row takes its place.
-- :name sync_catch_up
UPDATE outbox SET stamp = NULL, (revision, prio) = (
  SELECT n.revision, min(n.prio, outbox.prio) FROM outbox n
  WHERE n.record = outbox.record AND n.remote = outbox.remote AND n.seq > outbox.seq AND n.state = 1)
WHERE seq = :seq AND EXISTS (
  SELECT 1 FROM outbox n WHERE n.record = outbox.record AND n.remote = outbox.remote AND n.seq > outbox.seq AND n.state = 1)
RETURNING revision;

-- :name sync_caught_up
DELETE FROM outbox WHERE seq > :seq AND state = 1 AND (record, remote) = (SELECT record, remote FROM outbox WHERE seq = :seq);

-- :name sync_freeze
UPDATE outbox SET batch = :batch, stamp = :stamp, sha = :sha WHERE seq = :seq;

-- Is a row not the one any more that was rendered?
-- :name sync_has_moved
SELECT NOT EXISTS (SELECT 1 FROM outbox WHERE seq = :seq AND state = 0 AND revision = :revision);

-- Does a row name another version than this one?
-- :name sync_says_another
SELECT EXISTS (SELECT 1 FROM outbox WHERE seq = :seq AND revision <> :revision);

-- What was being sent may have arrived, and so may what went out by stick.
-- :name sync_wake
UPDATE outbox SET state = 3 WHERE remote = :remote AND state < 6 AND state IN (2, 4);

-- Asked for and not there, but not sent in that round: others may have made it since.
-- :name sync_ask_again
UPDATE outbox SET state = 3 WHERE remote = :remote AND state < 6 AND state = 0
AND EXISTS (SELECT 1 FROM sync_entry e WHERE e.seq = outbox.seq AND e.role = 0 AND e.base IS NULL)
AND NOT EXISTS (SELECT 1 FROM sync_version v WHERE v.remote = outbox.remote AND v.record = outbox.record AND v.role = 0);

-- New here and not known there, but another laptop has it by stick and may have sent it first: the server is asked before it
-- is sent.
-- :name sync_wake_carried
INSERT OR REPLACE INTO sync_entry(seq, role, hash, base) SELECT o.seq, 0, 0, NULL FROM outbox o
WHERE EXISTS (SELECT 1 FROM sync_remote u WHERE u.kind = 'usb') AND o.remote = :remote AND o.state < 6 AND o.state = 0 AND o.stamp IS NULL
AND NOT EXISTS (SELECT 1 FROM sync_version v WHERE v.remote = o.remote AND v.record = o.record AND v.role = 0)
AND EXISTS (SELECT 1 FROM outbox p WHERE p.record = o.record AND p.remote <> o.remote AND p.state IN (3, 4, 7));

-- :name sync_wake_asked
UPDATE outbox SET state = 3 WHERE remote = :remote AND state < 6 AND state = 0 AND stamp IS NULL
AND EXISTS (SELECT 1 FROM sync_entry e WHERE e.seq = outbox.seq);

-- :name sync_forget_older
DELETE FROM outbox WHERE record = :record AND remote = :remote AND seq < :seq AND state IN (7, 8);

-- :name sync_let_go
UPDATE outbox SET state = 0 WHERE seq = (
  SELECT min(seq) FROM outbox WHERE record = :record AND remote = :remote AND state = 1)
AND NOT EXISTS (SELECT 1 FROM outbox WHERE record = :record AND remote = :remote AND state IN (0, 2, 3, 4, 5, 6));

-- The blameless of a refused group go again once the blamed one was put right; the same when nobody was blamed.
-- :name sync_release_groups
UPDATE outbox SET state = 0, outcome = NULL WHERE seq IN (
  SELECT o.seq FROM outbox g JOIN outbox o ON o.remote = :remote AND o.grp = g.grp AND o.state < 6 AND o.state = 1
  WHERE g.remote = :remote AND (g.state = 6 OR g.state = 8) AND g.state = 8 UNION ALL
  SELECT o.seq FROM outbox g JOIN outbox o ON o.remote = :remote AND o.grp = g.grp AND (o.state = 6 OR o.state = 8) AND o.state = 6
  WHERE g.remote = :remote AND (g.state = 6 OR g.state = 8) AND g.state = 8)
AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.record = outbox.record AND x.remote = outbox.remote AND x.seq < outbox.seq
  AND x.state IN (0, 2, 3, 4, 5));

-- :name sync_forget_superseded
DELETE FROM outbox WHERE remote = :remote AND state = 8;

-- Why a record is void: what was said when it came to be that.
-- :name sync_reason
SELECT c.reason FROM change c WHERE c.record = :record AND c.revision <= :revision AND c.state <> 0 AND NOT EXISTS (
  SELECT 1 FROM change b WHERE b.record = c.record AND b.revision = c.revision - 1 AND b.state = c.state)
ORDER BY c.revision DESC LIMIT 1;

-- :name sync_version_load
SELECT version, hash, revision, elsewhere, stamp, coalesce(stamp, mark) FROM sync_version WHERE remote = :remote AND record = :record AND role = :role;

-- :name sync_version_store
INSERT INTO sync_version(remote, record, role, version, hash, revision, elsewhere, at, stamp, mark)
VALUES (:remote, :record, :role, :version, :hash, :revision, :elsewhere, :at, :stamp, :mark)
ON CONFLICT(remote, record, role) DO UPDATE SET version = excluded.version, hash = excluded.hash,
  revision = excluded.revision, elsewhere = max(elsewhere, excluded.elsewhere), at = excluded.at, stamp = excluded.stamp,
  mark = excluded.mark;

-- :name sync_version_drop
DELETE FROM sync_version WHERE remote = :remote AND record = :record;

-- Roles 0, 3 and 6 come by themselves: the record and the answers to a referral.
-- :name sync_version_drop_derived
DELETE FROM sync_version WHERE remote = :remote AND record = :record AND role NOT IN (0, 3, 6);

-- :name sync_version_revision
UPDATE sync_version SET revision = max(revision, :revision) WHERE remote = :remote AND record = :record;

-- :name sync_version_roles
SELECT role FROM sync_version WHERE remote = :remote AND record = :record ORDER BY role;

-- :name sync_kept_load
SELECT doc FROM sync_kept WHERE remote = :remote AND record = :record AND role = :role;

-- :name sync_kept_store
INSERT INTO sync_kept(remote, record, role, doc) VALUES (:remote, :record, :role, :doc)
ON CONFLICT(remote, record, role) DO UPDATE SET doc = excluded.doc;

-- :name sync_kept_drop
DELETE FROM sync_kept WHERE remote = :remote AND record = :record AND role = :role;

-- :name sync_entry_add
INSERT OR REPLACE INTO sync_entry(seq, role, hash, base) VALUES (:seq, :role, :hash, :base);

-- :name sync_entries
SELECT role, hash, base FROM sync_entry WHERE seq = :seq ORDER BY role;

-- :name sync_entries_drop
DELETE FROM sync_entry WHERE seq = :seq;

-- :name sync_batch_add
INSERT INTO sync_batch(batch, remote, sent_at, ask_after) VALUES (:batch, :remote, :at, 0);

-- :name sync_batch_ask_after
UPDATE sync_batch SET ask_after = :at WHERE batch = :batch;

-- :name sync_batch_tidy
DELETE FROM sync_batch WHERE batch NOT IN (SELECT batch FROM outbox WHERE state < 6 AND batch IS NOT NULL);

-- :name sync_cursor_load
SELECT hw, page, seen FROM sync_cursor WHERE remote = :remote AND rtype = :rtype AND scope = :scope;

-- :name sync_cursor_store
INSERT INTO sync_cursor(remote, rtype, scope, hw, page, seen) VALUES (:remote, :rtype, :scope, :hw, :page, :seen)
ON CONFLICT(remote, rtype, scope) DO UPDATE SET hw = excluded.hw, page = excluded.page, seen = excluded.seen;

-- :name sync_cursors_drop
DELETE FROM sync_cursor WHERE remote = :remote;

-- :name sync_any_referral
SELECT EXISTS (SELECT 1 FROM referral);

-- :name record_newer
SELECT EXISTS (SELECT 1 FROM sync_newer WHERE record = :record);

-- :name sync_newer_add
INSERT OR REPLACE INTO sync_newer(remote, record, why) VALUES (:remote, :record, :why);

-- :name sync_newer_drop
DELETE FROM sync_newer WHERE remote = :remote AND record = :record;

-- The weekly comparison.
-- :name sync_known_count
SELECT count(*) FROM sync_version v JOIN record r ON r.id = v.record WHERE v.remote = :remote AND v.role = 0 AND r.kind = :kind;

-- :name sync_known_page
SELECT v.record, r.uid FROM sync_version v JOIN record r ON r.id = v.record
WHERE v.remote = :remote AND v.record > :after AND v.role = 0 AND r.kind = :kind ORDER BY v.record LIMIT :limit;

-- :name sync_unread_count
SELECT count(*) FROM sync_unread WHERE remote = :remote AND rtype = :rtype;

-- :name sync_gone_any
SELECT EXISTS (SELECT 1 FROM sync_gone WHERE remote = :remote);

-- :name sync_gone_add
INSERT INTO sync_gone(remote, record, why, at) VALUES (:remote, :record, :why, :at)
ON CONFLICT(remote, record) DO UPDATE SET why = excluded.why, at = excluded.at WHERE why <> excluded.why;

-- :name sync_gone_drop
DELETE FROM sync_gone WHERE remote = :remote AND record = :record;

-- :name sync_resend
INSERT INTO outbox(remote, grp, record, revision, state, prio)
SELECT :remote, c.grp, r.id, r.revision, 0, 2 FROM record r JOIN change c ON c.record = r.id AND c.revision = r.revision
WHERE r.id = :record AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record = r.id AND o.remote = :remote AND o.state < 6);

-- :name sync_conflict_add
INSERT INTO sync_conflict(remote, record, role, base, ours, held, theirs, version, keys, aside, before, state, made_at, decision)
VALUES (:remote, :record, :role, :base, :ours, :held, :theirs, :version, :keys, :aside, :before, :state, :at, :decision);

-- :name sync_conflict_open
SELECT id FROM sync_conflict WHERE record = :record AND remote = :remote AND role = :role AND state = 'open';

-- :name sync_conflict_renew
UPDATE sync_conflict SET ours = :ours, base = :base, held = :held, theirs = :theirs, version = :version, keys = :keys,
  aside = :aside, before = :before WHERE id = :id;

-- :name sync_conflict_standing
SELECT id, role, held, keys, aside, before, base, ours FROM sync_conflict
WHERE record = :record AND remote = :remote AND state = 'open' ORDER BY id;

-- Ours holds in them: they came by stick.
-- :name sync_conflict_beside
SELECT id, theirs FROM sync_conflict WHERE record = :record AND state = 'open' AND held = 0 AND theirs IS NOT NULL AND id > :after
ORDER BY id LIMIT 1;

-- :name sync_conflicts
SELECT id FROM sync_conflict WHERE state = 'open' OR state = :which OR :all ORDER BY state <> 'open', id;

-- :name sync_conflict_read
SELECT c.id, c.remote, c.record, c.role, c.base, c.ours, c.theirs, c.version, c.keys, c.state, c.made_at, r.kind, r.uid,
  r.revision, c.held, c.aside, c.before, c.settled_at, s.name, c.decision, c.reason
FROM sync_conflict c JOIN record r ON r.id = c.record LEFT JOIN staff s ON s.id = c.settled_by
WHERE c.id = :id;

-- Who made this revision, when, and where it came from; of one that merging made here, whose edit is in it; of one that came from
-- another computer, whom that named.
-- :name sync_author
SELECT CASE WHEN c.origin = 0 THEN (SELECT s.name FROM change a JOIN staff s ON s.id = a.actor
    WHERE a.record = c.record AND a.revision <= c.revision ORDER BY a.revision DESC LIMIT 1)
  ELSE (SELECT max(s.author) FROM stick_seen s WHERE s.record = c.record AND s.revision = c.revision) END, c.utc, c.origin
FROM change c WHERE c.record = :record AND c.revision = :revision;

-- :name sync_conflict_settle
UPDATE sync_conflict SET state = 'settled', settled_at = :at, settled_by = :by, decision = :decision, reason = :reason
WHERE id = :id;

-- :name sync_conflict_sent
UPDATE sync_conflict SET decision = 'sent ' || :task, reason = :reason WHERE id = :id;

-- The Tasks that the county has completed (its word holds) or given back.
-- :name sync_conflicts_answered
SELECT c.id, r.body ->> '$.answer', r.body ->> '$.status' FROM sync_conflict c
JOIN record r ON r.uid = substr(c.decision, 6) AND r.kind = 21
WHERE c.state = 'open' AND c.decision LIKE 'sent %' AND r.body ->> '$.status' IN ('completed', 'rejected') LIMIT 1;

-- :name sync_conflict_given_back
UPDATE sync_conflict SET decision = NULL, reason = :reason WHERE id = :id;

-- What the later edit settled, and somebody has looked at.
-- :name sync_conflicts_seen
UPDATE sync_conflict SET state = 'settled', settled_at = :at, settled_by = :by WHERE state = 'auto' AND (:upto = 0 OR id <= :upto);

-- :name sync_unread_add
INSERT INTO sync_unread(remote, rtype, id, version, reason, at) VALUES (:remote, :rtype, :id, :version, :reason, :at)
ON CONFLICT(remote, rtype, id) DO UPDATE SET version = excluded.version, reason = excluded.reason, at = excluded.at;

-- :name sync_unread_any
SELECT EXISTS (SELECT 1 FROM sync_unread WHERE remote = :remote);

-- :name sync_unread_known
SELECT 1 FROM sync_unread WHERE remote = :remote AND rtype = :rtype AND id = :id;

-- :name sync_unread_drop
DELETE FROM sync_unread WHERE remote = :remote AND rtype = :rtype AND id = :id;

-- :name sync_refused
SELECT o.record, o.revision, r.kind, r.uid, o.outcome FROM outbox o JOIN record r ON r.id = o.record
WHERE o.remote = 1 AND o.state = 6 ORDER BY o.seq;

-- :name sync_count_open
SELECT count(DISTINCT record) FROM outbox WHERE remote = :remote AND state < 6;

-- :name sync_count_state
SELECT count(DISTINCT record) FROM outbox WHERE remote = :remote AND state < 6 AND state = :state;

-- :name sync_count_rejected
SELECT count(DISTINCT record) FROM outbox WHERE remote = :remote AND state = 6;

-- :name sync_count_conflicts
SELECT count(*) FROM sync_conflict WHERE remote = :remote AND state = 'open';

-- Of them: the county was asked to decide.
-- :name sync_count_sent_up
SELECT count(*) FROM sync_conflict WHERE remote = :remote AND state = 'open' AND decision LIKE 'sent %';

-- :name sync_log_add
INSERT INTO sync_log(remote, at, ok, ms, pushed, pulled, up, down, message)
VALUES (:remote, :at, :ok, :ms, :pushed, :pulled, :up, :down, :message);

-- Of each remote the last ones: the hub is asked every minute, the county once a day.
-- :name sync_log_tidy
DELETE FROM sync_log WHERE remote = :remote
AND id <= coalesce((SELECT id FROM sync_log WHERE remote = :remote ORDER BY id DESC LIMIT 1 OFFSET 200), 0);

-- :name sync_log_last
SELECT ms, pushed, pulled, up, down, at, ok, message FROM sync_log WHERE remote = :remote ORDER BY id DESC LIMIT 1;

-- :name sync_supersede_all
UPDATE outbox SET state = 8 WHERE record = :record AND remote = :remote AND state IN (0, 1, 5);

-- :name sync_superseded_acked
UPDATE outbox SET state = 7 WHERE seq = (SELECT max(seq) FROM outbox WHERE record = :record AND remote = :remote) AND state = 8;

-- :name sync_again
UPDATE outbox SET state = 0, revision = :revision, stamp = NULL
WHERE seq = (SELECT max(seq) FROM outbox WHERE record = :record AND remote = :remote) AND state IN (7, 8);

-- Another server, or the same made anew: which of ours does it have?
-- :name sync_known_ids
SELECT r.uid FROM sync_version v JOIN record r ON r.id = v.record
WHERE v.remote = :remote AND v.role = 0 AND r.kind = :kind LIMIT :limit;

-- :name sync_anew_versions
DELETE FROM sync_version WHERE remote = :remote;

-- :name sync_anew_kept
DELETE FROM sync_kept WHERE remote = :remote;

-- :name sync_anew_ids
DELETE FROM sync_id WHERE remote = :remote;

-- :name sync_id_theirs
SELECT theirs FROM sync_id WHERE remote = :remote AND rtype = :rtype AND id = :id;

-- :name sync_id_ours
SELECT id FROM sync_id WHERE remote = :remote AND rtype = :rtype AND theirs = :id;

-- :name sync_id_store
INSERT OR REPLACE INTO sync_id(remote, rtype, id, theirs) VALUES (:remote, :rtype, :id, :theirs);

-- :name sync_id_forget
DELETE FROM sync_id WHERE remote = :remote AND id = :id;

-- :name sync_id_versions_drop
DELETE FROM sync_version WHERE remote = :remote AND role = 0 AND record IN (SELECT id FROM record WHERE uid = :id);

-- :name sync_anew_rows
UPDATE outbox SET state = 0, stamp = NULL, revision = (SELECT r.revision FROM record r WHERE r.id = outbox.record)
WHERE remote = :remote AND state = 7 AND NOT EXISTS (
  SELECT 1 FROM outbox n WHERE n.record = outbox.record AND n.remote = outbox.remote AND n.seq > outbox.seq);

-- What a server cannot tell the history of (sync/untold.c).
-- :name untold_note
INSERT INTO sync_untold(remote, record, held, why, at, tries)
SELECT :remote, :record, coalesce((SELECT version FROM sync_version WHERE remote = :remote AND record = :record AND role = 0), ''), :why, :at, :tries
WHERE true
ON CONFLICT(remote, record) DO UPDATE SET tries = CASE WHEN held = excluded.held THEN tries + excluded.tries ELSE excluded.tries END,
  held = excluded.held, why = excluded.why, at = excluded.at;

-- Was it asked for a short while ago?  With another version here than then it is to be asked for anew, and so it is where the clock
-- was set back.
-- :name untold_lately
SELECT EXISTS (SELECT 1 FROM sync_untold u WHERE u.remote = :remote AND u.record = :record AND u.at > 0 AND u.at <= :now
AND u.at > :now - CASE WHEN u.tries < 2 THEN :minute WHEN u.tries < 3 THEN :hour ELSE :day END
AND u.held = coalesce((SELECT version FROM sync_version WHERE remote = u.remote AND record = u.record AND role = 0), ''));

-- :name untold_any
SELECT EXISTS (SELECT 1 FROM sync_untold WHERE remote = :remote);

-- :name untold_told
UPDATE sync_untold SET at = 0 WHERE remote = :remote AND record = :record;

-- :name untold_drop
DELETE FROM sync_untold WHERE remote = :remote AND record = :record;

-- :name untold_forget
DELETE FROM sync_untold WHERE remote = :remote;

-- Those to be looked at now, whose own edit's fate is not open.
-- :name untold_due
SELECT u.record, r.kind, r.uid FROM sync_untold u JOIN record r ON r.id = u.record
WHERE u.remote = :remote AND (u.at = 0 OR u.at > :now OR u.at <= :now - CASE WHEN u.tries < 2 THEN :minute WHEN u.tries < 3 THEN :hour ELSE :day END
  OR u.held <> coalesce((SELECT version FROM sync_version WHERE remote = u.remote AND record = u.record AND role = 0), ''))
AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record = u.record AND o.remote = u.remote AND o.state IN (2, 3))
ORDER BY u.at, u.record LIMIT :limit;

-- What we have to say of them would be refused, as something newer is there.
-- :name untold_groups
SELECT DISTINCT o.grp FROM sync_untold u JOIN outbox o ON o.record = u.record AND o.remote = u.remote AND o.state = 0
WHERE u.remote = :remote
AND u.held = coalesce((SELECT version FROM sync_version WHERE remote = u.remote AND record = u.record AND role = 0), '');

-- Sent or written to another remote: not only waiting to be.
-- :name sync_went_elsewhere
SELECT EXISTS (SELECT 1 FROM outbox WHERE record = :record AND remote <> :remote AND revision > :base
  AND (state NOT IN (0, 1) OR stamp IS NOT NULL));

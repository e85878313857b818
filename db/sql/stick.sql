-- The exchange by USB stick.

-- :name stick_peers
SELECT p.remote, r.name, p.title, p.recipient, p.signer, p.relay, p.sent, p.sent_sha,
  (SELECT count(*) FROM outbox o WHERE o.remote = p.remote AND o.state < 6),
  (SELECT count(*) FROM outbox o WHERE o.remote = p.remote AND o.state < 6 AND o.state = 4),
  (SELECT max(seq) FROM stick_file f WHERE f.remote = p.remote AND f.dir = 'in'),
  (SELECT max(at) FROM stick_file f WHERE f.remote = p.remote AND f.dir = 'in'),
  (SELECT max(at) FROM stick_file f WHERE f.remote = p.remote AND f.dir = 'out'), p.wants
FROM stick_peer p JOIN sync_remote r ON r.id = p.remote ORDER BY p.remote;

-- :name stick_peer_add
INSERT INTO stick_peer(remote, title, recipient, signer, relay, added_at)
VALUES (:remote, :title, :recipient, :signer, :relay, :at);

-- :name stick_peer_update
UPDATE stick_peer SET title = :title, recipient = :recipient, signer = :signer, relay = :relay OR (relay AND signer = :signer)
WHERE remote = :remote;

-- :name stick_peer_wants
UPDATE stick_peer SET wants = :wants WHERE remote = :remote;

-- :name stick_peer_sent
UPDATE stick_peer SET sent = :seq, sent_sha = :sha WHERE remote = :remote;

-- A newer generation of what a file carries goes in the next file in its stead: it says everything that the older said.
-- :name stick_supersede
UPDATE outbox SET state = 8 WHERE remote = :remote AND state < 6 AND state = 4
AND EXISTS (SELECT 1 FROM outbox n WHERE n.record = outbox.record AND n.remote = outbox.remote AND n.seq > outbox.seq);

-- What a file was to carry that did not come about (the stick was full, the power went): in no file, it waits as before.
-- :name stick_in_no_file
UPDATE outbox SET state = 0, batch = NULL WHERE seq IN (
  SELECT o.seq FROM outbox o WHERE o.remote = :remote AND o.state < 6 AND o.state = 4 AND NOT EXISTS (
    SELECT 1 FROM stick_file f WHERE f.remote = o.remote AND f.dir = 'out' AND f.bundle = o.batch) LIMIT :limit)
RETURNING seq;

-- :name stick_let_go
UPDATE outbox SET state = 0 WHERE remote = :remote AND state < 6 AND state = 1 AND NOT EXISTS (
  SELECT 1 FROM outbox n WHERE n.record = outbox.record AND n.remote = outbox.remote AND n.seq < outbox.seq AND n.state < 7);

-- :name stick_open
SELECT o.seq, o.grp, o.record, o.revision, o.state, r.kind, r.uid, o.stamp, 0, o.prio
FROM outbox o JOIN record r ON r.id = o.record
WHERE o.remote = :remote AND o.state < 6 AND o.state = :state AND (o.prio, o.seq) > (:prio, :after)
ORDER BY o.prio, o.seq LIMIT :limit;

-- :name stick_group
SELECT o.seq, o.grp, o.record, o.revision, o.state, r.kind, r.uid, o.stamp, 0, o.prio
FROM outbox o JOIN record r ON r.id = o.record
WHERE o.grp = :grp AND o.remote = :remote AND o.state < 6 AND o.state IN (0, 4)
  AND substr(coalesce(o.batch, ''), 1, 36) <> :run ORDER BY o.seq;

-- :name stick_before_dispute
SELECT min(ours) FROM sync_conflict WHERE record = :record AND state = 'open' AND held > 0;

-- Has the other side said to have the file in which a row was lent so, as what its mark says?
-- :name stick_is_lent
SELECT EXISTS (SELECT 1 FROM outbox o JOIN stick_file f ON f.remote = o.remote AND f.dir = 'out' AND f.bundle = o.batch
WHERE o.seq = :seq AND o.stamp = :stamp AND f.done);

-- :name stick_in_file
SELECT o.seq, o.grp, o.record, o.revision, o.state, r.kind, r.uid, o.stamp, 0, o.prio
FROM outbox o JOIN record r ON r.id = o.record
WHERE o.remote = :remote AND o.state < 6 AND o.state = 4 AND o.batch = :batch LIMIT :limit;

-- The other side has what we wanted to tell it.
-- :name stick_moot
UPDATE outbox SET state = CASE WHEN seq = (SELECT max(seq) FROM outbox n WHERE n.record = :record AND n.remote = :remote)
  THEN 7 ELSE 8 END
WHERE record = :record AND remote = :remote AND state IN (0, 1, 4);

-- :name stick_file_add
INSERT INTO stick_file(remote, dir, seq, bundle, sha, prev, groups, bytes, at)
VALUES (:remote, :dir, :seq, :bundle, :sha, :prev, :groups, :bytes, :at);

-- :name stick_file_find
SELECT seq, at FROM stick_file WHERE remote = :remote AND dir = :dir AND bundle = :bundle;

-- Also one whose writing was broken off before it was noted.
-- :name stick_file_ours
SELECT EXISTS (SELECT 1 FROM stick_file WHERE dir = 'out' AND bundle = :bundle) OR
  EXISTS (SELECT 1 FROM outbox WHERE batch = :bundle);

-- :name stick_file_done
UPDATE stick_file SET done = 1 WHERE remote = :remote AND dir = 'out' AND bundle = :bundle;

-- Numbers below the newest that never came.
-- The last few of each gap: a number may be as high as numbers go.
-- :name stick_missing
WITH RECURSIVE gap(lo, hi) AS MATERIALIZED (
  SELECT lag(seq, 1, 0) OVER (ORDER BY seq) + 1, seq - 1 FROM stick_file WHERE remote = :remote AND dir = 'in'),
n(i, lo) AS (SELECT hi, max(lo, hi - :limit) FROM gap WHERE lo <= hi UNION ALL SELECT i - 1, lo FROM n WHERE i > lo)
SELECT i FROM n ORDER BY i DESC LIMIT :limit;

-- :name stick_to_tell
SELECT bundle, seq FROM stick_file WHERE remote = :remote AND dir = 'in' AND NOT done ORDER BY seq;

-- :name stick_told
UPDATE stick_file SET told = :seq WHERE remote = :remote AND dir = 'in' AND NOT done AND told IS NULL;

-- :name stick_confirmed
UPDATE stick_file SET done = 1 WHERE remote = :remote AND dir = 'in' AND told <= :after;

-- :name stick_seen_add
INSERT OR IGNORE INTO stick_seen(record, revision, vector, edited, stamp, author)
VALUES (:record, :revision, :vector, :edited, :stamp, :author);

-- :name joined_set
INSERT INTO joined(record, revision, at) VALUES (:record, :revision, :at) ON CONFLICT DO UPDATE SET at = excluded.at;

-- One revision says again what another one says, and is that version.
-- :name stick_seen_again
INSERT OR IGNORE INTO stick_seen(record, revision, vector, edited, stamp, author)
SELECT record, :revision, vector, edited, stamp, author FROM stick_seen WHERE record = :record AND revision = :before;

-- :name stick_seen
SELECT revision, vector, edited, stamp FROM stick_seen WHERE record = :record ORDER BY revision;

-- :name stick_history
SELECT c.revision, CASE WHEN c.origin = 0 THEN d.code END, c.utc, j.at IS NOT NULL
FROM change c LEFT JOIN device d ON d.id = c.device LEFT JOIN joined j ON j.record = c.record AND j.revision = c.revision
WHERE c.record = :record ORDER BY c.revision;

-- What was lent in a dispute and is there counts only where another version is in dispute by now: it was lent under that one's mark.
-- :name stick_count_groups
SELECT count(DISTINCT o.grp) FROM outbox o WHERE o.remote = :remote AND o.state < 6 AND o.state IN (0, 4)
AND NOT (o.state = 0 AND o.batch IS NOT NULL
  AND EXISTS (SELECT 1 FROM stick_file f WHERE f.remote = o.remote AND f.dir = 'out' AND f.bundle = o.batch AND f.done)
  AND EXISTS (SELECT 1 FROM sync_conflict c WHERE c.record = o.record AND c.state = 'open' AND c.held > 0
    AND (o.stamp LIKE '%-' || printf('%08x', c.ours) || '/%'
      OR o.stamp IN (SELECT s.stamp FROM stick_seen s WHERE s.record = c.record AND s.revision = c.ours))));

-- Something that no file of ours has told yet?
-- :name stick_to_tell_anew
SELECT 1 FROM stick_file WHERE remote = :remote AND dir = 'in' AND NOT done AND told IS NULL LIMIT 1;

-- :name stick_file_in
INSERT INTO stick_file(remote, dir, seq, bundle, sha, prev, groups, bytes, at, done)
VALUES (:remote, 'in', :seq, :bundle, :sha, :prev, :groups, :bytes, :at, :done);

-- :name stick_receipt_add
INSERT INTO stick_receipt(remote, record) VALUES (:remote, :record)
ON CONFLICT(remote, record) DO UPDATE SET told = NULL;

-- :name stick_receipt_once
INSERT OR IGNORE INTO stick_receipt(remote, record) VALUES (:remote, :record);

-- The newest word of the county: 7 it has it, 6 it refuses it, 5 it has something else.  What came from there has no row in the
-- queue, and is there.
-- :name stick_receipts
SELECT t.record, coalesce(o.state, 7), o.outcome, r.kind, r.uid,
  (SELECT c.theirs FROM sync_conflict c WHERE c.record = t.record AND c.remote = 1 AND c.state = 'open' AND c.role = 0)
FROM stick_receipt t JOIN record r ON r.id = t.record
LEFT JOIN outbox o ON o.seq = (SELECT max(seq) FROM outbox n WHERE n.record = t.record AND n.remote = 1)
WHERE t.remote = :remote AND t.record > :after AND CASE WHEN o.seq IS NULL
  THEN EXISTS (SELECT 1 FROM sync_version v WHERE v.remote = 1 AND v.record = t.record AND v.role = 0)
  ELSE o.state IN (5, 6, 7) END ORDER BY t.record LIMIT :limit;

-- :name stick_receipts_told
UPDATE stick_receipt SET told = :seq WHERE remote = :remote AND told IS NULL AND coalesce(
  (SELECT o.state IN (5, 6, 7) FROM outbox o
    WHERE o.seq = (SELECT max(seq) FROM outbox n WHERE n.record = stick_receipt.record AND n.remote = 1)),
  EXISTS (SELECT 1 FROM sync_version v WHERE v.remote = 1 AND v.record = stick_receipt.record AND v.role = 0));

-- :name stick_receipts_anew
SELECT 1 FROM stick_receipt t WHERE t.remote = :remote AND t.told IS NULL AND coalesce(
  (SELECT o.state IN (5, 6, 7) FROM outbox o
    WHERE o.seq = (SELECT max(seq) FROM outbox n WHERE n.record = t.record AND n.remote = 1)),
  EXISTS (SELECT 1 FROM sync_version v WHERE v.remote = 1 AND v.record = t.record AND v.role = 0)) LIMIT 1;

-- :name stick_receipts_done
DELETE FROM stick_receipt WHERE remote = :remote AND told <= :after;

-- The first version of ours that the county has by another way.
-- :name stick_exported
SELECT o.seq, o.grp, o.record, o.revision, o.state, r.kind, r.uid, o.stamp, 0, o.prio
FROM outbox o JOIN record r ON r.id = o.record
WHERE o.record = :record AND o.remote = :remote AND o.state IN (0, 3, 4) AND o.revision <= :revision
ORDER BY o.seq LIMIT 1;

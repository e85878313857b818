-- Disputes and receipts, as the desk sees them.

-- :name disputed_aside
SELECT aside FROM sync_conflict WHERE record = :record AND state = 'open' AND aside IS NOT NULL ORDER BY id;

-- :name disputed_of
SELECT count(*) FROM sync_conflict c JOIN record r ON r.id = c.record
WHERE c.state = 'open' AND :resident IN (r.id, r.resident);

-- :name disputed_count
SELECT count(*) FILTER (WHERE state = 'open'), count(*) FILTER (WHERE state = 'open' AND made_at < :late),
  count(*) FILTER (WHERE state = 'auto') FROM (
  SELECT state, made_at FROM sync_conflict WHERE state = 'open' UNION ALL
  SELECT state, made_at FROM sync_conflict WHERE state = 'auto');

-- A week without anybody's word.
-- :name count_disputes_late
SELECT count(*) FROM sync_conflict WHERE state = 'open' AND made_at < (CAST(strftime('%s', :today) AS INTEGER) - 7 * 86400) * 1000;

-- Since when something waits, on whose stick it lies, and why something newer at the county cannot be taken in.
-- :name receipt_read
SELECT r.revision, r.state, r.attempts, r.outcome, r.version, r.at,
  (SELECT min(c.utc) FROM outbox o JOIN change c ON c.record = o.record AND c.revision = o.revision
    WHERE o.record = r.record AND o.remote = 1 AND o.state <= 6),
  (SELECT coalesce(p.title, m.name) FROM outbox o JOIN sync_remote m ON m.id = o.remote LEFT JOIN stick_peer p ON p.remote = m.id
    WHERE o.record = r.record AND o.remote <> 1 AND o.state = 4 ORDER BY p.relay DESC LIMIT 1),
  (SELECT u.why FROM sync_untold u WHERE u.remote = 1 AND u.record = r.record AND u.held = coalesce(r.version, ''))
FROM receipt r WHERE r.record = :record;

-- :name receipts_of
SELECT count(*) FILTER (WHERE worst < 5), count(*) FILTER (WHERE worst >= 5) FROM (
  SELECT max(state) AS worst FROM (
    SELECT o.record, o.state FROM outbox o WHERE o.record = :resident AND o.remote = 1 AND o.state <= 6 UNION ALL
    SELECT o.record, o.state FROM record r JOIN outbox o ON o.record = r.id AND o.remote = 1
    WHERE r.resident = :resident AND o.state <= 6)
  GROUP BY record);

-- What receipts_lacking lists, counted.
-- :name receipts_all
SELECT (SELECT count(*) FROM outbox WHERE remote = 1 AND state < 5 AND state < 6 AND state <> 1) +
  (SELECT count(*) FROM outbox o WHERE o.remote = 1 AND o.state < 6 AND o.state = 1
    AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.record = o.record AND x.remote = 1 AND x.seq < o.seq AND x.state <= 6)),
  (SELECT count(*) FROM outbox WHERE remote = 1 AND state < 6 AND state = 5) +
  (SELECT count(*) FROM outbox WHERE remote = 1 AND (state = 6 OR state = 8) AND state = 6);

-- One row a record: what is blocked behind an older row of the same record is told by that one.
-- :name receipts_lacking
SELECT record, prio FROM (
  SELECT record, prio, seq FROM outbox WHERE remote = 1 AND state < 6 AND state <> 1 UNION ALL
  SELECT record, prio, seq FROM outbox WHERE remote = 1 AND (state = 6 OR state = 8) AND state = 6 UNION ALL
  SELECT o.record, o.prio, o.seq FROM outbox o WHERE o.remote = 1 AND o.state < 6 AND o.state = 1
    AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.record = o.record AND x.remote = 1 AND x.seq < o.seq AND x.state <= 6))
ORDER BY prio, seq LIMIT :limit OFFSET :offset;

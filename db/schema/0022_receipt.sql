-- What is saved behind a dispute waits for it: the record stands as disputed, not as waiting.
DROP VIEW receipt;
CREATE VIEW receipt AS
SELECT r.id AS record, r.kind, r.uid, r.resident, r.revision, o.seq, o.state, o.prio, o.grp, o.attempts, o.outcome,
  o.revision AS queued, v.version, v.at, v.revision AS held
FROM record r
LEFT JOIN outbox o ON o.seq = coalesce(
  (SELECT d.seq FROM outbox d WHERE d.record = r.id AND d.remote = 1 AND d.state = 5),
  (SELECT max(n.seq) FROM outbox n WHERE n.record = r.id AND n.remote = 1))
LEFT JOIN sync_version v ON v.remote = 1 AND v.record = r.id AND v.role = 0;

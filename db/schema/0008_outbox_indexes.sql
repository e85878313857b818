-- Conditions of the partial indexes as plain comparisons: an IN list cost a temporary table at every insert of a row, an
-- eighth of the work of a bulk save.  0 to 5 are the states in which something is still to be done (sync/state.h).
DROP INDEX outbox_open;
DROP INDEX outbox_group;
DROP INDEX outbox_rejected;
CREATE INDEX outbox_open ON outbox(remote, state, prio, seq) WHERE state < 6;
CREATE INDEX outbox_group ON outbox(grp, remote) WHERE state < 6;
CREATE INDEX outbox_rejected ON outbox(remote, grp) WHERE state = 6 OR state = 8;

-- The statistics of an index go with it.
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
  ('outbox', 'outbox_open', '10000 10000 2500 1200 1'),
  ('outbox', 'outbox_group', '10000 2 1'),
  ('outbox', 'outbox_rejected', '100 100 1');
ANALYZE sqlite_schema;

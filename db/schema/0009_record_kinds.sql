-- Kinds that came after the first eleven may have no table of typed columns; their records are listed by kind and day.
CREATE INDEX record_of_kind ON record(kind, day) WHERE kind > 11;
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES ('record', 'record_of_kind', '50000 5000 50');
ANALYZE sqlite_schema;

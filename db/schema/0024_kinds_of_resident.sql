-- Which kinds of records somebody has is asked at every save: the index answers, without the records.
DROP INDEX record_of_resident;
CREATE INDEX record_of_resident ON record(resident, day, kind) WHERE resident IS NOT NULL;
UPDATE sqlite_stat1 SET stat = '450000 6 1 1' WHERE tbl = 'record' AND idx = 'record_of_resident';
ANALYZE sqlite_schema;

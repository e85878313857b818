-- What a programme watches, as one text for all programmes ("152/88", "6.4"): lists and reports know no disease.
ALTER TABLE followup ADD COLUMN value TEXT;
UPDATE followup SET value = sbp || '/' || dbp WHERE sbp IS NOT NULL AND dbp IS NOT NULL;
ALTER TABLE followup DROP COLUMN sbp;
ALTER TABLE followup DROP COLUMN dbp;

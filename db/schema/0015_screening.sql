-- The screening book is read by day.
CREATE INDEX record_screening ON record(day) WHERE kind = 17;

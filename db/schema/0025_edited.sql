-- When a version that came from elsewhere was written, by whoever wrote it: milliseconds.  NULL: not known, as before this column.
ALTER TABLE stick_seen ADD COLUMN edited INTEGER;

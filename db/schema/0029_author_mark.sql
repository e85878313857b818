-- The mark of a version that came by stick, as its author made it: whoever passes it on to the county leaves it on, so that the
-- author knows it again there.
ALTER TABLE stick_seen ADD COLUMN stamp TEXT;

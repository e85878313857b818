-- Who saved a version that came from another computer, by his name: it goes on with the mark.
ALTER TABLE stick_seen ADD COLUMN author TEXT;

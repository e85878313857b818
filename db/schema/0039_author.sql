-- Who saved a version that came from elsewhere: his name, as it travels with the version (actor is who worked here when it came).
ALTER TABLE change ADD COLUMN author TEXT;

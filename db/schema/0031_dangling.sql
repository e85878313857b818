-- In how many rounds the county refused it because it names what the county does not have yet; outcome says what: "resident/<id>".
-- It goes alone then, and last.
ALTER TABLE outbox ADD COLUMN dangles INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_dangling ON outbox(remote, grp) WHERE dangles > 0;

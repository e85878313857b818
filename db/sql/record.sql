-- The one door: rows every kind has.

-- :name form_id
SELECT id FROM form WHERE code = :code AND edition = :edition;

-- :name form_add
INSERT INTO form(code, edition) VALUES (:code, :edition);

-- :name record_row
SELECT id FROM record WHERE uid = :uid AND kind = :kind;

-- :name record_is_void
SELECT state = 1 FROM record WHERE id = :id;

-- :name record_uid
SELECT uid FROM record WHERE id = :id;

-- :name record_head
SELECT id, revision, state, created_at, body, form, resident FROM record WHERE uid = :uid AND kind = :kind;

-- :name record_read
SELECT r.id, r.kind, r.uid, r.revision, r.state, r.created_at, r.changed_at, b.uid, f.code, r.body
FROM record r JOIN form f ON f.id = r.form LEFT JOIN record b ON b.id = r.changed_by
WHERE r.id = :id;

-- :name record_insert
INSERT INTO record(kind, uid, revision, state, resident, day, form, created_at, changed_at, changed_by, body)
VALUES (:kind, :uid, 1, :state, :resident, :day, :form, :utc, :utc, :actor, :body);

-- :name record_update
UPDATE record SET revision = :revision, state = :state, resident = :resident, day = :day, form = :form,
  changed_at = :utc, changed_by = :actor, body = :body
WHERE id = :id;

-- :name change_add
INSERT INTO change(grp, record, revision, actor, device, utc, origin, state, form, reason)
VALUES (:grp, :record, :revision, :actor, :device, :utc, :origin, :state, :form, :reason);

-- :name change_group_next
SELECT seq + 1 FROM sqlite_sequence WHERE name = 'change';

-- :name change_keep_after
UPDATE change SET after = :after WHERE record = :record AND revision = :revision;

-- :name change_read
SELECT c.after, c.state, f.code, r.body, r.revision, r.kind, r.uid, r.created_at, c.utc, a.uid
FROM change c JOIN record r ON r.id = c.record JOIN form f ON f.id = c.form LEFT JOIN record a ON a.id = c.actor
WHERE c.record = :record AND c.revision = :revision;

-- :name audit_last
SELECT hash FROM audit ORDER BY seq DESC LIMIT 1;

-- :name audit_add
INSERT INTO audit(change_seq, hash) VALUES (:change_seq, :hash);

-- :name audit_walk
SELECT a.seq, a.hash, c.seq, c.record, c.revision, c.actor, c.utc, c.origin, c.state, c.reason, c.after, r.body, r.revision
FROM audit a JOIN change c ON c.seq = a.change_seq JOIN record r ON r.id = c.record
WHERE a.seq > :from ORDER BY a.seq;

-- :name audit_count
SELECT coalesce(max(seq), 0) FROM audit;

-- :name audit_hash_at
SELECT hash FROM audit WHERE seq = :seq;

-- :name orphan_add
INSERT OR IGNORE INTO orphan(kind, uid, record) VALUES (:kind, :uid, :record);

-- :name orphan_any
SELECT EXISTS (SELECT 1 FROM orphan);

-- :name orphan_waiting
SELECT record FROM orphan WHERE kind = :kind AND uid = :uid;

-- :name orphan_found
DELETE FROM orphan WHERE kind = :kind AND uid = :uid AND record = :record;

-- :name record_set_resident
UPDATE record SET resident = :resident WHERE id = :id;

-- :name submit_add
INSERT INTO submit(token, record) VALUES (:token, :record);

-- :name submit_find
SELECT record FROM submit WHERE token = :token;

-- :name remote_list
SELECT id FROM sync_remote WHERE id <> :origin AND (kind <> 'hub' OR base_url IS NOT NULL);

-- :name outbox_newest
SELECT seq, state, revision FROM outbox WHERE record = :record AND remote = :remote ORDER BY seq DESC LIMIT 1;

-- What it was refused for may have been put right.
-- :name outbox_replace
UPDATE outbox SET revision = :revision, prio = min(prio, :prio),
  outcome = CASE WHEN dangles > 0 AND state = 0 THEN NULL ELSE outcome END WHERE seq = :seq;

-- :name outbox_supersede
UPDATE outbox SET state = 8 WHERE seq = :seq;

-- :name record_travels
SELECT grp, revision, prio FROM travelling WHERE record = :record;

-- One row by its values: an INSERT that selects could be of many, so that SQLite copies each page it touches beforehand.
-- :name outbox_add
INSERT INTO outbox(remote, grp, record, revision, state, prio) VALUES (:remote, :grp, :record, :revision, :state, :prio);

-- Everything that has no row yet.
-- :name outbox_add_all
INSERT INTO outbox(remote, grp, record, revision, state, prio)
SELECT :remote, t.grp, t.record, t.revision, 0, t.prio FROM travelling t
WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record = t.record AND o.remote = :remote);

-- What is saved behind a dispute (5) waits for it.
-- :name record_county
SELECT coalesce((SELECT state FROM outbox WHERE record = :record AND remote = 1 AND state = 5),
  (SELECT state FROM outbox WHERE record = :record AND remote = 1 ORDER BY seq DESC LIMIT 1));

-- :name history_version
SELECT c.utc, c.origin, c.reason, CASE c.origin WHEN 0 THEN s.name
    ELSE (SELECT max(x.author) FROM stick_seen x WHERE x.record = c.record AND x.revision = c.revision) END
FROM change c LEFT JOIN staff s ON s.id = c.actor
WHERE c.record = :record AND c.revision = :revision;

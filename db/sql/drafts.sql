-- Of the drafts' own file.

-- :name draft_add
INSERT INTO draft(author, kind, variant, record, revision, resident, token, field, typed, changed_at, body)
VALUES (:author, :kind, :variant, :record, :revision, :resident, :token, :field, :typed, :changed_at, :body);

-- :name draft_update
UPDATE draft SET field = :field, typed = :typed, changed_at = :changed_at, body = :body WHERE id = :id;

-- :name draft_drop
DELETE FROM draft WHERE id = :id;

-- :name draft_find
SELECT id, author, kind, variant, record, revision, resident, token, field, typed, changed_at, body FROM draft
WHERE author = :author AND kind = :kind AND variant = :variant AND record = :record AND resident = :resident
ORDER BY changed_at DESC LIMIT 1;

-- :name draft_list
SELECT id, author, kind, variant, record, revision, resident, token, field, typed, changed_at, body FROM draft
WHERE author = :author ORDER BY changed_at DESC;

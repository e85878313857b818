-- The imported list of codes.

-- :name code_same
SELECT 1 FROM code_entry WHERE code = :code AND system = :system AND version = :version AND text = :text;

-- :name code_put
INSERT INTO code_entry(system, code, version, text, initials, pinyin)
VALUES (:system, :code, :version, :text, :initials, :pinyin)
ON CONFLICT(code, system) DO UPDATE SET version = excluded.version, text = excluded.text, initials = excluded.initials,
  pinyin = excluded.pinyin;

-- :name code_by_code
SELECT code, text FROM code_entry WHERE code = :code LIMIT 1;

-- :name code_find
SELECT code, text FROM (
  SELECT * FROM (SELECT code, text, 0 AS rank FROM code_entry WHERE code >= :code AND code < :code || char(1114111) LIMIT 40)
  UNION ALL
  SELECT * FROM (SELECT code, text, 1 FROM code_entry WHERE text >= :q AND text < :q || char(1114111) LIMIT 40)
  UNION ALL
  SELECT * FROM (SELECT code, text, 2 FROM code_entry WHERE initials >= :q AND initials < :q || char(1114111) LIMIT 40)
  UNION ALL
  SELECT * FROM (SELECT code, text, 3 FROM code_entry WHERE pinyin >= :q AND pinyin < :q || char(1114111) LIMIT 40))
GROUP BY code ORDER BY min(rank), length(text), code LIMIT :limit;

-- The county's own list of diagnosis codes, imported; longer national extensions stand here as they come.  The letters are
-- those under which a text is looked for.
CREATE TABLE code_entry(
  system   TEXT NOT NULL,
  code     TEXT NOT NULL,
  version  TEXT NOT NULL,
  text     TEXT NOT NULL,
  initials TEXT NOT NULL,
  pinyin   TEXT NOT NULL,
  PRIMARY KEY(code, system)
) STRICT, WITHOUT ROWID;
CREATE INDEX code_entry_text ON code_entry(text);
CREATE INDEX code_entry_initials ON code_entry(initials);
CREATE INDEX code_entry_pinyin ON code_entry(pinyin);

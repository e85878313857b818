-- Records of which a server has a newer version than we took, because it cannot tell what lay between (its history is too large, it
-- fails, it never ends): shown with the reason, and asked for again.
CREATE TABLE sync_untold(
  remote INTEGER NOT NULL REFERENCES sync_remote(id),
  record INTEGER NOT NULL REFERENCES record(id),
  held   TEXT NOT NULL,                -- the version that we held then, '' = none: it is over with another one
  why    TEXT NOT NULL CHECK(why IN ('large', 'fault', 'pages', 'another', 'later')),
  at     INTEGER NOT NULL,             -- when it was asked last, by our clock; 0 = it is to be asked in the next round
  tries  INTEGER NOT NULL,
  PRIMARY KEY(remote, record)
) STRICT, WITHOUT ROWID;

-- The record: facts as documents, with the revisions that added and withdrew them.

CREATE TABLE owners (
  name   TEXT NOT NULL PRIMARY KEY,
  digest TEXT NOT NULL           -- of the files this owner last applied; '' when not from files
) STRICT;

INSERT INTO owners (name, digest) VALUES ('seed', '');

CREATE TABLE revisions (
  number    INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
  time      TEXT    NOT NULL,    -- UTC, 2026-01-31T09:30:00.000000Z, so that it sorts as text
  owner     TEXT    NOT NULL REFERENCES owners,
  note      TEXT    NOT NULL,
  added     INTEGER NOT NULL,    -- facts
  withdrawn INTEGER NOT NULL,
  digest    TEXT    NOT NULL     -- of the whole dataset at this revision
) STRICT;

-- A fact never changes but for its withdrawal. It is part of the dataset at revision R when
--   added <= R AND withdrawn > R
-- and no other owner's fact covers it. An owner states a fact at most once at a time.
CREATE TABLE facts (
  noun      TEXT    NOT NULL,    -- 'claim'
  id        TEXT    NOT NULL,
  owner     TEXT    NOT NULL REFERENCES owners,
  added     INTEGER NOT NULL REFERENCES revisions,
  withdrawn INTEGER NOT NULL CHECK (withdrawn > added), -- 9223372036854775807 while it stands
  body      TEXT    NOT NULL,    -- JSON, as the digest hashes it
  PRIMARY KEY (noun, id, owner, withdrawn)
) STRICT, WITHOUT ROWID;

-- The facts that may cover others.
CREATE INDEX covers ON facts (noun, id) WHERE owner <> 'seed';

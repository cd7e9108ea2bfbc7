-- The record: facts with the revisions that added and withdrew them.
--
-- Three sorts of table:
--   owners, revisions   who changed the record, when, and why
--   …_ids, citations    values that facts refer to by key; written once
--   the nouns           facts; a row never changes but for its withdrawal
--
-- In every noun, id is the identity of the fact, and the row is current while
-- withdrawn is null. It is part of the dataset at revision R when
--   added <= R AND (withdrawn IS NULL OR withdrawn > R).
-- Lists that belong to one fact are JSON.

CREATE TABLE owners (
  key    INTEGER PRIMARY KEY,
  name   TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL           -- of the files this owner last applied; '' when not from files
) STRICT;

INSERT INTO owners (key, name, digest) VALUES (1, 'seed', '');

CREATE TABLE revisions (
  number    INTEGER PRIMARY KEY CHECK (number > 0),
  time      TEXT    NOT NULL,    -- UTC, 2026-01-31T09:30:00.000000Z, so that it sorts as text
  owner     INTEGER NOT NULL REFERENCES owners,
  note      TEXT    NOT NULL,
  added     INTEGER NOT NULL,    -- rows of facts
  withdrawn INTEGER NOT NULL,
  digest    TEXT    NOT NULL     -- of the whole dataset at this revision
) STRICT;

CREATE TABLE kind_ids       (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE technology_ids (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE product_ids    (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE source_ids     (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE release_ids (
  key     INTEGER PRIMARY KEY,
  product INTEGER NOT NULL REFERENCES product_ids,
  version TEXT    NOT NULL,
  UNIQUE (product, version)
) STRICT;

CREATE TABLE citations (
  key     INTEGER PRIMARY KEY,
  source  INTEGER REFERENCES source_ids,
  section TEXT NOT NULL,
  quote   TEXT NOT NULL,
  UNIQUE (source, section, quote)
) STRICT;

CREATE TABLE kinds (
  key       INTEGER PRIMARY KEY,
  owner     INTEGER NOT NULL REFERENCES owners,
  added     INTEGER NOT NULL REFERENCES revisions,
  withdrawn INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id        INTEGER NOT NULL REFERENCES kind_ids,
  name      TEXT    NOT NULL,
  plural    TEXT    NOT NULL,
  position  INTEGER NOT NULL,
  aliases   TEXT    NOT NULL CHECK (json_valid(aliases)),
  example   TEXT    NOT NULL
) STRICT;

CREATE TABLE technologies (
  key        INTEGER PRIMARY KEY,
  owner      INTEGER NOT NULL REFERENCES owners,
  added      INTEGER NOT NULL REFERENCES revisions,
  withdrawn  INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id         INTEGER NOT NULL REFERENCES technology_ids,
  name       TEXT    NOT NULL,
  kind       INTEGER REFERENCES kind_ids,
  aliases    TEXT    NOT NULL CHECK (json_valid(aliases)),
  scheme     TEXT    NOT NULL,
  family     INTEGER REFERENCES technology_ids,
  generic    INTEGER NOT NULL CHECK (generic IN (0, 1)),
  cycles     TEXT    NOT NULL CHECK (json_valid(cycles)),
  successors TEXT    NOT NULL CHECK (json_valid(successors)),
  policies   TEXT    NOT NULL CHECK (json_valid(policies))
) STRICT;

CREATE TABLE products (
  key       INTEGER PRIMARY KEY,
  owner     INTEGER NOT NULL REFERENCES owners,
  added     INTEGER NOT NULL REFERENCES revisions,
  withdrawn INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id        INTEGER NOT NULL REFERENCES product_ids,
  name      TEXT    NOT NULL,
  vendor    TEXT    NOT NULL,
  aliases   TEXT    NOT NULL CHECK (json_valid(aliases))
) STRICT;

CREATE TABLE releases (
  key       INTEGER PRIMARY KEY,
  owner     INTEGER NOT NULL REFERENCES owners,
  added     INTEGER NOT NULL REFERENCES revisions,
  withdrawn INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id        INTEGER NOT NULL REFERENCES release_ids,
  aliases   TEXT    NOT NULL CHECK (json_valid(aliases))
) STRICT;

CREATE TABLE sources (
  key       INTEGER PRIMARY KEY,
  owner     INTEGER NOT NULL REFERENCES owners,
  added     INTEGER NOT NULL REFERENCES revisions,
  withdrawn INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id        INTEGER NOT NULL REFERENCES source_ids,
  title     TEXT    NOT NULL,
  url       TEXT    NOT NULL,
  document  TEXT    NOT NULL,
  revision  TEXT    NOT NULL,    -- of the document
  authority TEXT    NOT NULL
) STRICT;

CREATE TABLE claims (
  key        INTEGER PRIMARY KEY,
  owner      INTEGER NOT NULL REFERENCES owners,
  added      INTEGER NOT NULL REFERENCES revisions,
  withdrawn  INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id         TEXT    NOT NULL,
  release    INTEGER NOT NULL REFERENCES release_ids,
  technology INTEGER NOT NULL REFERENCES technology_ids,
  label      TEXT    NOT NULL,
  version    TEXT    NOT NULL,
  status     TEXT    NOT NULL,
  citation   INTEGER REFERENCES citations
) STRICT;

CREATE TABLE advisories (
  key        INTEGER PRIMARY KEY,
  owner      INTEGER NOT NULL REFERENCES owners,
  added      INTEGER NOT NULL REFERENCES revisions,
  withdrawn  INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id         TEXT    NOT NULL,
  severity   TEXT    NOT NULL,
  title      TEXT    NOT NULL,
  text       TEXT    NOT NULL,
  workaround TEXT    NOT NULL,
  product    INTEGER REFERENCES product_ids, -- null means every product
  release    TEXT    NOT NULL,               -- '' means every release
  applies    TEXT    NOT NULL CHECK (json_valid(applies)),
  citation   INTEGER REFERENCES citations
) STRICT;

CREATE TABLE configurations (
  key        INTEGER PRIMARY KEY,
  owner      INTEGER NOT NULL REFERENCES owners,
  added      INTEGER NOT NULL REFERENCES revisions,
  withdrawn  INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id         TEXT    NOT NULL,
  release    INTEGER NOT NULL REFERENCES release_ids,
  components TEXT    NOT NULL CHECK (json_valid(components)),
  result     TEXT    NOT NULL,
  date       TEXT    NOT NULL,
  note       TEXT    NOT NULL,
  citation   INTEGER REFERENCES citations
) STRICT;

-- An owner states a fact at most once at a time.
CREATE UNIQUE INDEX kinds_current          ON kinds          (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX technologies_current   ON technologies   (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX products_current       ON products       (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX releases_current       ON releases       (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX sources_current        ON sources        (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX claims_current         ON claims         (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX advisories_current     ON advisories     (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX configurations_current ON configurations (id, owner) WHERE withdrawn IS NULL;

-- The record: facts with the revisions that added and withdrew them.
--
-- Three sorts of table:
--   owners, revisions   who changed the record, when, and why
--   …_ids, scopes,      values that facts refer to by key; written once
--     citations
--   the nouns           facts; a row never changes but for its withdrawal
--
-- In every noun, id is the identity of the fact, and the row is current while
-- withdrawn is null. It is part of the dataset at revision R when
--   added <= R AND (withdrawn IS NULL OR withdrawn > R).
-- Lists that belong to one fact are JSON. A condition says, in words, what else
-- has to be true for the fact to hold; it is '' where nothing has.

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
CREATE TABLE platform_ids   (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE product_ids    (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE source_ids     (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE release_ids (
  key     INTEGER PRIMARY KEY,
  product INTEGER NOT NULL REFERENCES product_ids,
  version TEXT    NOT NULL,
  UNIQUE (product, version)
) STRICT;

-- What a fact is about: a platform, or a product and perhaps one release and
-- profile of it. A fact about everything has none.
CREATE TABLE scopes (
  key      INTEGER PRIMARY KEY,
  platform INTEGER REFERENCES platform_ids,
  product  INTEGER REFERENCES product_ids,
  release  TEXT NOT NULL,        -- '' means every release
  profile  TEXT NOT NULL         -- '' means whichever runs
) STRICT;

-- In a plain index nulls would differ from each other.
CREATE UNIQUE INDEX scopes_unique ON scopes (coalesce(platform, 0), coalesce(product, 0), release, profile);

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
  policies   TEXT    NOT NULL CHECK (json_valid(policies)),
  marks      TEXT    NOT NULL CHECK (json_valid(marks))
) STRICT;

CREATE TABLE platforms (
  key         INTEGER PRIMARY KEY,
  owner       INTEGER NOT NULL REFERENCES owners,
  added       INTEGER NOT NULL REFERENCES revisions,
  withdrawn   INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id          INTEGER NOT NULL REFERENCES platform_ids,
  name        TEXT    NOT NULL,
  vendor      TEXT    NOT NULL,
  aliases     TEXT    NOT NULL CHECK (json_valid(aliases)),
  deployments TEXT    NOT NULL CHECK (json_valid(deployments))
) STRICT;

CREATE TABLE products (
  key       INTEGER PRIMARY KEY,
  owner     INTEGER NOT NULL REFERENCES owners,
  added     INTEGER NOT NULL REFERENCES revisions,
  withdrawn INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id        INTEGER NOT NULL REFERENCES product_ids,
  name      TEXT    NOT NULL,
  vendor    TEXT    NOT NULL,
  aliases   TEXT    NOT NULL CHECK (json_valid(aliases)),
  platform  INTEGER REFERENCES platform_ids -- null where it stands on its own
) STRICT;

CREATE TABLE releases (
  key         INTEGER PRIMARY KEY,
  owner       INTEGER NOT NULL REFERENCES owners,
  added       INTEGER NOT NULL REFERENCES revisions,
  withdrawn   INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id          INTEGER NOT NULL REFERENCES release_ids,
  aliases     TEXT    NOT NULL CHECK (json_valid(aliases)),
  deployments TEXT    NOT NULL CHECK (json_valid(deployments)),
  profiles    TEXT    NOT NULL CHECK (json_valid(profiles))
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
  date      TEXT    NOT NULL,    -- day of that revision; '' where it is not known
  authority TEXT    NOT NULL
) STRICT;

CREATE TABLE claims (
  key        INTEGER PRIMARY KEY,
  owner      INTEGER NOT NULL REFERENCES owners,
  added      INTEGER NOT NULL REFERENCES revisions,
  withdrawn  INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id         TEXT    NOT NULL,
  scope      INTEGER REFERENCES scopes,
  technology INTEGER NOT NULL REFERENCES technology_ids,
  label      TEXT    NOT NULL,
  version    TEXT    NOT NULL,
  condition  TEXT    NOT NULL,
  status     TEXT    NOT NULL,
  position   INTEGER NOT NULL,   -- among the claims of one release, as their pages print them
  citation   INTEGER REFERENCES citations
) STRICT;

CREATE TABLE requirements (
  key         INTEGER PRIMARY KEY,
  owner       INTEGER NOT NULL REFERENCES owners,
  added       INTEGER NOT NULL REFERENCES revisions,
  withdrawn   INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id          TEXT    NOT NULL,
  scope       INTEGER REFERENCES scopes,
  deployment  TEXT    NOT NULL,  -- one of those listed at the platform or release
  resource    TEXT    NOT NULL,
  level       TEXT    NOT NULL,
  low         INTEGER NOT NULL,  -- the amount, in thousandths of the unit;
  high        INTEGER NOT NULL,  -- low and high are equal but for a range
  unit        TEXT    NOT NULL,
  approximate INTEGER NOT NULL CHECK (approximate IN (0, 1)),
  printed     TEXT    NOT NULL,
  instances   INTEGER NOT NULL,  -- that the amount is stated for; 0 where it says nothing of them
  each        INTEGER NOT NULL CHECK (each IN (0, 1)),
  shares      TEXT    NOT NULL CHECK (json_valid(shares)),
  type        TEXT    NOT NULL,  -- of a machine
  of          TEXT    NOT NULL,  -- whose the resource is
  condition   TEXT    NOT NULL,
  note        TEXT    NOT NULL,
  citation    INTEGER REFERENCES citations
) STRICT;

CREATE TABLE ports (
  key       INTEGER PRIMARY KEY,
  owner     INTEGER NOT NULL REFERENCES owners,
  added     INTEGER NOT NULL REFERENCES revisions,
  withdrawn INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id        TEXT    NOT NULL,
  scope     INTEGER REFERENCES scopes,
  name      TEXT    NOT NULL,
  number    INTEGER NOT NULL,    -- as printed
  offset    INTEGER NOT NULL,    -- that the number includes
  protocol  TEXT    NOT NULL,
  purpose   TEXT    NOT NULL,
  file      TEXT    NOT NULL,
  citation  INTEGER REFERENCES citations
) STRICT;

CREATE TABLE notes (
  key       INTEGER PRIMARY KEY,
  owner     INTEGER NOT NULL REFERENCES owners,
  added     INTEGER NOT NULL REFERENCES revisions,
  withdrawn INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id        TEXT    NOT NULL,
  scope     INTEGER REFERENCES scopes,
  topic     TEXT    NOT NULL,
  title     TEXT    NOT NULL,
  text      TEXT    NOT NULL,
  path      TEXT    NOT NULL,
  settings  TEXT    NOT NULL CHECK (json_valid(settings)),
  citation  INTEGER REFERENCES citations
) STRICT;

CREATE TABLE advisories (
  key          INTEGER PRIMARY KEY,
  owner        INTEGER NOT NULL REFERENCES owners,
  added        INTEGER NOT NULL REFERENCES revisions,
  withdrawn    INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id           TEXT    NOT NULL,
  severity     TEXT    NOT NULL,
  title        TEXT    NOT NULL,
  text         TEXT    NOT NULL,
  workaround   TEXT    NOT NULL,
  settings     TEXT    NOT NULL CHECK (json_valid(settings)),
  scope        INTEGER REFERENCES scopes,
  applies      TEXT    NOT NULL CHECK (json_valid(applies)),
  others       TEXT    NOT NULL CHECK (json_valid(others)),
  incompatible INTEGER NOT NULL CHECK (incompatible IN (0, 1)),
  citation     INTEGER REFERENCES citations
) STRICT;

CREATE TABLE lifecycles (
  key             INTEGER PRIMARY KEY,
  owner           INTEGER NOT NULL REFERENCES owners,
  added           INTEGER NOT NULL REFERENCES revisions,
  withdrawn       INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id              TEXT    NOT NULL,
  technology      INTEGER NOT NULL REFERENCES technology_ids,
  version         TEXT    NOT NULL,
  label           TEXT    NOT NULL,
  name            TEXT    NOT NULL,
  codename        TEXT    NOT NULL,
  released        TEXT    NOT NULL, -- days, 2026-01-31; '' where not known
  support         TEXT    NOT NULL,
  ends            TEXT    NOT NULL,
  ended           INTEGER NOT NULL CHECK (ended IN (0, 1)), -- on a day that is not known
  extended        TEXT    NOT NULL,
  lts             INTEGER NOT NULL CHECK (lts IN (0, 1)),
  latest          TEXT    NOT NULL,
  latest_released TEXT    NOT NULL,
  policy          TEXT    NOT NULL,
  citation        INTEGER REFERENCES citations
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
CREATE UNIQUE INDEX platforms_current      ON platforms      (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX products_current       ON products       (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX releases_current       ON releases       (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX sources_current        ON sources        (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX claims_current         ON claims         (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX requirements_current   ON requirements   (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX ports_current          ON ports          (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX notes_current          ON notes          (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX advisories_current     ON advisories     (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX lifecycles_current     ON lifecycles     (id, owner) WHERE withdrawn IS NULL;
CREATE UNIQUE INDEX configurations_current ON configurations (id, owner) WHERE withdrawn IS NULL;

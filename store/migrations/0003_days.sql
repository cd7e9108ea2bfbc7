-- Where a document is published, when it was held against that last, and how long it may
-- be relied on; from when to when a statement held; the images that a vendor ships; what
-- ran in a test, and what failed in place of the release; the releases that are published.
ALTER TABLE sources        ADD COLUMN page      TEXT NOT NULL DEFAULT '';
ALTER TABLE sources        ADD COLUMN branch    TEXT NOT NULL DEFAULT ''; -- '' for the default one
ALTER TABLE sources        ADD COLUMN checked   TEXT NOT NULL DEFAULT ''; -- a day; '' where it is date
ALTER TABLE sources        ADD COLUMN cadence   TEXT NOT NULL DEFAULT ''; -- '90 days', 'none'; '' for the usual one
ALTER TABLE sources        ADD COLUMN undated   TEXT NOT NULL DEFAULT ''; -- why there is no date
ALTER TABLE claims         ADD COLUMN since     TEXT NOT NULL DEFAULT ''; -- a day; '' where it is the source's
ALTER TABLE claims         ADD COLUMN until     TEXT NOT NULL DEFAULT ''; -- the day it was withdrawn by the vendor; '' while it holds
ALTER TABLE claims         ADD COLUMN ended_by  INTEGER REFERENCES source_ids;
ALTER TABLE configurations ADD COLUMN build     TEXT NOT NULL DEFAULT ''; -- that ran; '' for the release itself
ALTER TABLE configurations ADD COLUMN culprit   TEXT NOT NULL DEFAULT ''; -- that failed in place of the release
ALTER TABLE configurations ADD COLUMN update_level TEXT NOT NULL DEFAULT ''; -- of the release, that ran
ALTER TABLE products       ADD COLUMN published TEXT NOT NULL DEFAULT '' CHECK (published = '' OR json_valid(published)); -- '' where nobody lists them
ALTER TABLE products       ADD COLUMN published_by INTEGER REFERENCES source_ids;
ALTER TABLE lifecycles     ADD COLUMN url       TEXT NOT NULL DEFAULT ''; -- the technology's own page at the source

CREATE TABLE images (
  key        INTEGER PRIMARY KEY,
  owner      INTEGER NOT NULL REFERENCES owners,
  added      INTEGER NOT NULL REFERENCES revisions,
  withdrawn  INTEGER REFERENCES revisions CHECK (withdrawn > added),
  id         TEXT    NOT NULL,
  release    INTEGER NOT NULL REFERENCES release_ids,
  components TEXT    NOT NULL CHECK (json_valid(components)),
  path       TEXT    NOT NULL,   -- of the Dockerfile
  tag        TEXT    NOT NULL,   -- of its repository
  date       TEXT    NOT NULL,   -- day of the tag
  citation   INTEGER REFERENCES citations
) STRICT;

CREATE UNIQUE INDEX images_current ON images (id, owner) WHERE withdrawn IS NULL;

-- What a technology is made from, or run as by a provider; whether its series are all
-- that there are, and whether none will follow them.
ALTER TABLE technologies ADD COLUMN derived  TEXT    NOT NULL DEFAULT '' CHECK (derived = '' OR json_valid(derived)); -- a list of one; '' for none
ALTER TABLE technologies ADD COLUMN managed  TEXT    NOT NULL DEFAULT '' CHECK (managed = '' OR json_valid(managed)); -- likewise
ALTER TABLE technologies ADD COLUMN complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1));
ALTER TABLE technologies ADD COLUMN ended    INTEGER NOT NULL DEFAULT 0 CHECK (ended IN (0, 1));

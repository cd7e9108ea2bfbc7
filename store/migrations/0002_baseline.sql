-- What pages take for granted of a kind, and the claims by which they do not.
ALTER TABLE kinds  ADD COLUMN baseline  TEXT    NOT NULL DEFAULT ''; -- a technology's id; '' for none
ALTER TABLE claims ADD COLUMN exclusive INTEGER NOT NULL DEFAULT 0 CHECK (exclusive IN (0, 1));

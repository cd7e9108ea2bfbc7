-- What pages take for granted of a kind, and the claims by which they do not; and what
-- the condition of a claim asks for, where technologies and versions tell it.
ALTER TABLE kinds  ADD COLUMN baseline  TEXT    NOT NULL DEFAULT ''; -- a technology's id; '' for none
ALTER TABLE claims ADD COLUMN exclusive INTEGER NOT NULL DEFAULT 0 CHECK (exclusive IN (0, 1));
ALTER TABLE claims ADD COLUMN others    TEXT    NOT NULL DEFAULT '' CHECK (others = '' OR json_valid(others)); -- '' for none

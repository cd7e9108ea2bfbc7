-- What is left of schema 4.
DROP VIEW old_facts; DROP VIEW old_bodies; DROP VIEW old_citations; DROP VIEW old_releases; DROP VIEW old_scopes;
DROP TABLE kinds; DROP TABLE technologies; DROP TABLE platforms; DROP TABLE products; DROP TABLE releases; DROP TABLE sources;
DROP TABLE claims; DROP TABLE requirements; DROP TABLE ports; DROP TABLE notes; DROP TABLE advisories; DROP TABLE lifecycles;
DROP TABLE configurations; DROP TABLE images; DROP TABLE scopes; DROP TABLE citations; DROP TABLE release_ids; DROP TABLE kind_ids;
DROP TABLE technology_ids; DROP TABLE platform_ids; DROP TABLE product_ids; DROP TABLE source_ids; DROP TABLE old_revisions; DROP TABLE old_owners;

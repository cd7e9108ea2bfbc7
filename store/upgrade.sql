-- From schema 4, in which each noun had a table with its columns, and values that many
-- facts share had tables of their own.

ALTER TABLE owners    RENAME TO old_owners;
ALTER TABLE revisions RENAME TO old_revisions;

CREATE VIEW old_scopes AS
  SELECT s.key, f.id AS platform, p.id AS product, s.release, s.profile
  FROM scopes s LEFT JOIN platform_ids f ON f.key = s.platform LEFT JOIN product_ids p ON p.key = s.product;

CREATE VIEW old_releases AS
  SELECT r.key, p.id AS product, r.version FROM release_ids r JOIN product_ids p ON p.key = r.product;

CREATE VIEW old_citations AS
  SELECT c.key, json_object('source', coalesce(s.id, ''), 'section', c.section, 'quote', c.quote) AS body
  FROM citations c LEFT JOIN source_ids s ON s.key = c.source;

-- Each fact as JSON, with what is empty in it; NULL is read as empty.
CREATE VIEW old_bodies AS
  SELECT 'kind' AS noun, owner, added, withdrawn, json_object('id', i.id, 'name', name, 'plural', plural, 'order', position,
    'aliases', json(aliases), 'example', example, 'baseline', baseline) AS body
  FROM kinds t JOIN kind_ids i ON i.key = t.id
UNION ALL
  SELECT 'technology', owner, added, withdrawn, json_object('id', i.id, 'name', name, 'kind', k.id, 'aliases', json(aliases),
    'scheme', scheme, 'family', f.id, 'generic', json(iif(generic, 'true', 'false')), 'cycles', json(cycles), 'successors', json(successors),
    'policies', json(policies), 'marks', json(marks), 'derived', nullif(derived, '') -> 0, 'managed', nullif(managed, '') -> 0,
    'complete', json(iif(complete, 'true', 'false')), 'ended', json(iif(ended, 'true', 'false')))
  FROM technologies t JOIN technology_ids i ON i.key = t.id LEFT JOIN kind_ids k ON k.key = t.kind LEFT JOIN technology_ids f ON f.key = t.family
UNION ALL
  SELECT 'platform', owner, added, withdrawn, json_object('id', i.id, 'name', name, 'vendor', vendor, 'aliases', json(aliases),
    'deployments', json(deployments))
  FROM platforms t JOIN platform_ids i ON i.key = t.id
UNION ALL
  SELECT 'product', owner, added, withdrawn, json_object('id', i.id, 'name', name, 'vendor', vendor, 'aliases', json(aliases),
    'platform', f.id, 'published', json(nullif(published, '')), 'published_by', s.id)
  FROM products t JOIN product_ids i ON i.key = t.id LEFT JOIN platform_ids f ON f.key = t.platform LEFT JOIN source_ids s ON s.key = t.published_by
UNION ALL
  SELECT 'release', owner, added, withdrawn, json_object('product', i.product, 'version', i.version, 'aliases', json(aliases),
    'deployments', json(deployments), 'profiles', json(profiles))
  FROM releases t JOIN old_releases i ON i.key = t.id
UNION ALL
  SELECT 'source', owner, added, withdrawn, json_object('id', i.id, 'title', title, 'url', url, 'page', page, 'document', document, 'branch', branch,
    'revision', revision, 'date', date, 'checked', checked, 'cadence', cadence, 'undated', undated, 'authority', authority)
  FROM sources t JOIN source_ids i ON i.key = t.id
UNION ALL
  SELECT 'claim', owner, added, withdrawn, json_object('id', t.id, 'platform', s.platform, 'product', s.product, 'release', s.release,
    'technology', k.id, 'label', label, 'version', version, 'when', condition, 'with', json(nullif(others, '')), 'status', status,
    'exclusive', json(iif(exclusive, 'true', 'false')), 'since', since, 'until', until, 'ended_by', e.id, 'position', position, 'citation', json(c.body))
  FROM claims t JOIN technology_ids k ON k.key = t.technology LEFT JOIN old_scopes s ON s.key = t.scope
    LEFT JOIN source_ids e ON e.key = t.ended_by LEFT JOIN old_citations c ON c.key = t.citation
UNION ALL
  SELECT 'requirement', owner, added, withdrawn, json_object('id', t.id, 'platform', s.platform, 'product', s.product, 'release', s.release, 'profile', s.profile,
    'deployment', deployment, 'resource', resource, 'level', level,
    'amount', printf('%d.%03d-%d.%03d %s', low / 1000, low % 1000, high / 1000, high % 1000, unit),
    'approximate', json(iif(approximate, 'true', 'false')), 'printed', printed, 'instances', instances, 'each', json(iif(each, 'true', 'false')),
    'shares', json((SELECT json_group_array(json_object('amount', printf('%d.%03d-%d.%03d %s',
        value ->> '$.Amount.Low' / 1000, value ->> '$.Amount.Low' % 1000, value ->> '$.Amount.High' / 1000, value ->> '$.Amount.High' % 1000,
        value ->> '$.Amount.Unit'), 'for', value -> 'For', 'each', value -> 'Each')) FROM json_each(nullif(shares, 'null')))),
    'type', type, 'of', of, 'when', condition, 'note', note, 'citation', json(c.body))
  FROM requirements t LEFT JOIN old_scopes s ON s.key = t.scope LEFT JOIN old_citations c ON c.key = t.citation
UNION ALL
  SELECT 'port', owner, added, withdrawn, json_object('id', t.id, 'platform', s.platform, 'product', s.product, 'release', s.release, 'profile', s.profile,
    'name', name, 'number', number, 'offset', offset, 'protocol', protocol, 'purpose', purpose, 'file', file, 'citation', json(c.body))
  FROM ports t LEFT JOIN old_scopes s ON s.key = t.scope LEFT JOIN old_citations c ON c.key = t.citation
UNION ALL
  SELECT 'note', owner, added, withdrawn, json_object('id', t.id, 'platform', s.platform, 'product', s.product, 'release', s.release, 'profile', s.profile,
    'topic', topic, 'title', title, 'text', text, 'path', path, 'settings', json(settings), 'citation', json(c.body))
  FROM notes t LEFT JOIN old_scopes s ON s.key = t.scope LEFT JOIN old_citations c ON c.key = t.citation
UNION ALL
  SELECT 'advisory', owner, added, withdrawn, json_object('id', t.id, 'severity', severity, 'title', title, 'text', text, 'workaround', workaround,
    'settings', json(settings), 'platform', s.platform, 'product', s.product, 'release', s.release, 'profile', s.profile,
    'applies', json(applies), 'with', json(others), 'incompatible', json(iif(incompatible, 'true', 'false')), 'citation', json(c.body))
  FROM advisories t LEFT JOIN old_scopes s ON s.key = t.scope LEFT JOIN old_citations c ON c.key = t.citation
UNION ALL
  SELECT 'lifecycle', owner, added, withdrawn, json_object('id', t.id, 'technology', k.id, 'version', version, 'label', label, 'name', name,
    'codename', codename, 'released', released, 'support', support, 'ends', ends, 'ended', json(iif(ended, 'true', 'false')), 'extended', extended,
    'lts', json(iif(lts, 'true', 'false')), 'latest', latest, 'latest_released', latest_released, 'url', url, 'policy', policy, 'citation', json(c.body))
  FROM lifecycles t JOIN technology_ids k ON k.key = t.technology LEFT JOIN old_citations c ON c.key = t.citation
UNION ALL
  SELECT 'configuration', owner, added, withdrawn, json_object('id', t.id, 'product', r.product, 'release', r.version, 'build', build, 'update', update_level,
    'components', json(components), 'result', result, 'culprit', culprit, 'date', date, 'note', note, 'citation', json(c.body))
  FROM configurations t JOIN old_releases r ON r.key = t.release LEFT JOIN old_citations c ON c.key = t.citation
UNION ALL
  SELECT 'image', owner, added, withdrawn, json_object('id', t.id, 'product', r.product, 'release', r.version, 'components', json(components),
    'path', path, 'tag', tag, 'date', date, 'citation', json(c.body))
  FROM images t JOIN old_releases r ON r.key = t.release LEFT JOIN old_citations c ON c.key = t.citation;

CREATE VIEW old_facts AS
  SELECT b.noun, o.name AS owner, b.added, coalesce(b.withdrawn, 9223372036854775807) AS withdrawn, b.body
  FROM old_bodies b JOIN old_owners o ON o.key = b.owner;

-- What keeps tables ($2) from being spread by a column ($1): what no shard could see to by itself, or does not have.
WITH t AS (
  SELECT c.oid, c.relname::text AS name, c.relowner, c.relpersistence, a.attnum AS key
  FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = $1::name
  WHERE c.relname = ANY ($2::text[]::name[]) AND c.relnamespace = 'public'::regnamespace AND c.relkind = 'r')
SELECT t.name, 'UNIQUE' AS kind, x.relname::text AS what FROM t
  JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique AND NOT i.indisprimary
  JOIN pg_class x ON x.oid = i.indexrelid
  WHERE t.key IS NULL OR NOT t.key = ANY (i.indkey::smallint[])
UNION SELECT t.name, 'UNIQUE', n.conname::text FROM t
  JOIN pg_constraint n ON n.conrelid = t.oid AND n.contype = 'x'
UNION SELECT t.name, 'REFERENCE', r.relname::text FROM t
  JOIN pg_constraint n ON n.confrelid = t.oid AND n.contype = 'f'
  JOIN pg_class r ON r.oid = n.conrelid
UNION SELECT t.name, 'TRIGGER', g.tgname::text FROM t
  JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal AND g.tgname NOT IN ('gbo_shard', 'gbo_shard_whole')
UNION SELECT t.name, 'RULE', w.rulename::text FROM t JOIN pg_rewrite w ON w.ev_class = t.oid
UNION SELECT t.name, 'POLICY', p.polname::text FROM t JOIN pg_policy p ON p.polrelid = t.oid
UNION SELECT t.name, 'SEQUENCE', a.attname::text FROM t
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attidentity <> ''
UNION SELECT t.name, 'SEQUENCE', a.attname::text FROM t
  JOIN pg_attrdef d ON d.adrelid = t.oid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.adnum
  JOIN pg_depend e ON e.classid = 'pg_attrdef'::regclass AND e.objid = d.oid AND e.refclassid = 'pg_class'::regclass
  JOIN pg_class s ON s.oid = e.refobjid AND s.relkind = 'S'
UNION SELECT t.name, 'GENERATED', a.attname::text FROM t
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attgenerated <> ''
UNION SELECT t.name, 'TYPE', a.attname::text FROM t
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type y ON y.oid = a.atttypid
  WHERE y.typnamespace <> 'pg_catalog'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = 'pg_type'::regclass AND d.objid = coalesce(nullif(y.typelem, 0), y.oid) AND d.deptype = 'e')
UNION SELECT t.name, 'INHERITANCE', o.relname::text FROM t
  JOIN pg_inherits i ON t.oid IN (i.inhrelid, i.inhparent)
  JOIN pg_class o ON o.oid IN (i.inhrelid, i.inhparent) AND o.oid <> t.oid
UNION SELECT t.name, 'UNLOGGED', t.name FROM t WHERE t.relpersistence <> 'p'
UNION SELECT t.name, 'OWNER', pg_get_userbyid(t.relowner)::text FROM t
  WHERE NOT pg_has_role(t.relowner, 'USAGE')
ORDER BY 1, 2, 3

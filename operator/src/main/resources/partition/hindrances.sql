-- What keeps plain tables from being partitioned: what would be lost, or could not be kept.
WITH t AS (
  SELECT c.oid, w.name, c.relowner, c.relpersistence, a.attnum AS clock
  FROM unnest($1::text[], $2::text[]) AS w(name, clock)
  JOIN pg_class c ON c.relname = w.name::name AND c.relnamespace = 'public'::regnamespace
    AND c.relkind = 'r'
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = w.clock::name)
SELECT t.name, 'UNIQUE' AS kind, x.relname::text AS what FROM t
  JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique AND NOT i.indisprimary
  JOIN pg_class x ON x.oid = i.indexrelid
  WHERE t.clock IS NULL OR NOT t.clock = ANY (i.indkey::smallint[])
UNION SELECT t.name, 'UNIQUE', n.conname::text FROM t
  JOIN pg_constraint n ON n.conrelid = t.oid AND n.contype = 'x'
UNION SELECT t.name, 'REFERENCE', r.relname::text FROM t
  JOIN pg_constraint n ON n.confrelid = t.oid AND n.contype = 'f'
  JOIN pg_class r ON r.oid = n.conrelid
UNION SELECT t.name, 'VIEW', v.relname::text FROM t
  JOIN pg_depend d ON d.refobjid = t.oid AND d.classid = 'pg_rewrite'::regclass
    AND d.refclassid = 'pg_class'::regclass
  JOIN pg_rewrite w ON w.oid = d.objid JOIN pg_class v ON v.oid = w.ev_class AND v.oid <> t.oid
UNION SELECT t.name, 'TRIGGER', g.tgname::text FROM t
  JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
UNION SELECT t.name, 'RULE', w.rulename::text FROM t JOIN pg_rewrite w ON w.ev_class = t.oid
UNION SELECT t.name, 'POLICY', p.polname::text FROM t JOIN pg_policy p ON p.polrelid = t.oid
UNION SELECT t.name, 'PUBLICATION', p.pubname::text FROM t
  JOIN pg_publication_rel r ON r.prrelid = t.oid JOIN pg_publication p ON p.oid = r.prpubid
UNION SELECT t.name, 'IDENTITY', a.attname::text FROM t
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attidentity <> ''
UNION SELECT t.name, 'GENERATED', a.attname::text FROM t
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attgenerated <> ''
UNION SELECT t.name, 'INHERITANCE', o.relname::text FROM t
  JOIN pg_inherits i ON t.oid IN (i.inhrelid, i.inhparent)
  JOIN pg_class o ON o.oid IN (i.inhrelid, i.inhparent) AND o.oid <> t.oid
UNION SELECT t.name, 'UNLOGGED', t.name FROM t WHERE t.relpersistence <> 'p'
UNION SELECT t.name, 'OWNER', pg_get_userbyid(t.relowner)::text FROM t
  WHERE NOT pg_has_role(t.relowner, 'USAGE')
ORDER BY 1, 2, 3

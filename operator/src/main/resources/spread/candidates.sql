-- Tables that are named ($2), or all that have the column ($1) where none is named, and those that are spread
-- already by this policy ($3): what they are.
SELECT w.name, coalesce(c.relkind::text, '') AS kind, format_type(a.atttypid, NULL) AS type,
  coalesce(a.attnotnull, false) AS required,
  EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary) AS keyed,
  EXISTS (SELECT FROM pg_index i JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = ANY (i.indkey::smallint[])
    WHERE i.indrelid = c.oid AND i.indisprimary AND (k.attname = $1::name OR k.atttypid = 'uuid'::regtype)) AS apart,
  obj_description(g.oid, 'pg_trigger') AS policy
FROM (
  SELECT unnest($2::text[]) AS name
  UNION
  SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE cardinality($2::text[]) = 0 AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    AND a.attname = $1::name AND a.attnum > 0 AND NOT a.attisdropped
  UNION
  SELECT c.relname::text FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
  WHERE g.tgname = 'gbo_shard' AND obj_description(g.oid, 'pg_trigger') = $3
    AND c.relnamespace = 'public'::regnamespace) AS w
LEFT JOIN pg_class c ON c.relname = w.name::name AND c.relnamespace = 'public'::regnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = $1::name AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_trigger g ON g.tgrelid = c.oid AND g.tgname = 'gbo_shard'
ORDER BY 1

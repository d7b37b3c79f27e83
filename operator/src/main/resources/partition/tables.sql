-- What is called so in the schema public, and how far it is on its way.
SELECT w.name, coalesce(c.relkind::text, '') AS kind, pg_total_relation_size(c.oid) AS bytes,
  format_type(a.atttypid, NULL) AS type, coalesce(a.attnotnull, false) AS required,
  ARRAY(SELECT k.attname::text FROM pg_index i, unnest(i.indkey) WITH ORDINALITY n(num, place)
    JOIN pg_attribute k ON k.attnum = n.num
    WHERE k.attrelid = c.oid AND i.indrelid = c.oid AND i.indisprimary ORDER BY n.place) AS key,
  (SELECT CASE WHEN i.indisvalid THEN 'BUILT'
      WHEN EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
        THEN 'BUILDING' ELSE 'BROKEN' END
    FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
    WHERE i.indrelid = c.oid AND x.relname = w.name || '_gbo_key') AS index,
  (SELECT pg_get_constraintdef(b.oid) FROM pg_constraint b
    WHERE b.conrelid = c.oid AND b.conname = w.name || '_gbo_bound') AS bound,
  coalesce((SELECT b.convalidated FROM pg_constraint b
    WHERE b.conrelid = c.oid AND b.conname = w.name || '_gbo_bound'), false) AS proven,
  coalesce(p.partstrat = 'r', false) AS ranged,
  ARRAY(SELECT coalesce(k.attname::text, 'an expression')
    FROM unnest(p.partattrs::smallint[]) WITH ORDINALITY n(num, place)
    LEFT JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = n.num AND n.num > 0
    ORDER BY n.place) AS parted
FROM unnest($1::text[], $2::text[]) AS w(name, clock)
LEFT JOIN pg_class c ON c.relname = w.name::name AND c.relnamespace = 'public'::regnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = w.clock::name
  AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_partitioned_table p ON p.partrelid = c.oid
ORDER BY 1

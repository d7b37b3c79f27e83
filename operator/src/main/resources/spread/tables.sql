-- Tables ($1) as this shard has them, and how far each is on its way to be one of those that are spread.
SELECT c.relname::text AS name, left(md5(sharding.definition(c.oid)), 12) AS definition,
  pg_total_relation_size(c.oid) AS bytes,
  EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname = 'gbo_shard' AND g.tgenabled <> 'D'
    AND obj_description(g.oid, 'pg_trigger') = $2 AND obj_description(g.tgfoid, 'pg_proc') = $4)
  AND EXISTS (SELECT FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
    WHERE i.indrelid = c.oid AND x.relname = left(c.relname, 53) || '_gbo_range' AND i.indisvalid) AS prepared,
  -- Distinct keys as the server guesses them; -1 where it never looked.
  (SELECT (CASE WHEN s.n_distinct < 0 THEN -s.n_distinct * c.reltuples ELSE s.n_distinct END)::bigint
    FROM pg_stats s WHERE s.schemaname = 'public' AND s.tablename = c.relname AND s.attname = $3::name) AS guess
FROM pg_class c
WHERE c.relname = ANY ($1::text[]::name[]) AND c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
ORDER BY 1

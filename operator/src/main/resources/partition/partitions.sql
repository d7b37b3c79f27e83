-- The parts of partitioned tables, which times each has, and whether it may have changed.
SELECT p.relname::text AS parent, c.relname::text AS name, pg_get_expr(c.relpartbound, c.oid) AS bound,
  pg_total_relation_size(c.oid) AS bytes,
  coalesce(pg_stat_get_tuples_inserted(c.oid) + pg_stat_get_tuples_updated(c.oid) + pg_stat_get_tuples_deleted(c.oid), 0)
    AS changes,
  EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname = 'gbo_archived') AS guarded
FROM pg_inherits i
JOIN pg_class p ON p.oid = i.inhparent AND p.relkind = 'p' AND p.relnamespace = 'public'::regnamespace
JOIN pg_class c ON c.oid = i.inhrelid AND c.relispartition
WHERE p.relname = ANY ($1::text[]::name[])
ORDER BY 1, 2

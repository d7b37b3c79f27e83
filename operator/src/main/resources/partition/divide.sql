-- A plain table becomes the first partition of a new one of its name. Nothing looks at its rows: the
-- key is built and the bound is proven before. What is to be done is told in settings, so that no
-- name is ever a part of a statement without being quoted.
DO $divide$
DECLARE
  whole constant text := current_setting('generalbots.table');
  former constant text := current_setting('generalbots.partition');
  others constant text := current_setting('generalbots.overflow');
  clock constant text := current_setting('generalbots.column');
  bound constant text := current_setting('generalbots.to');
  plain constant regclass := format('public.%I', whole)::regclass;
  entry record;
BEGIN
  EXECUTE format('LOCK TABLE public.%I IN ACCESS EXCLUSIVE MODE', whole);

  FOR entry IN SELECT n.conname FROM pg_constraint n
    JOIN pg_attribute a ON a.attrelid = n.conrelid AND a.attname = clock::name
    WHERE n.conrelid = plain AND n.contype = 'p' AND NOT a.attnum = ANY (n.conkey)
  LOOP
    EXECUTE format('ALTER TABLE public.%I DROP CONSTRAINT %I', whole, entry.conname);
    EXECUTE format('ALTER TABLE public.%I ADD CONSTRAINT %I PRIMARY KEY USING INDEX %I',
      whole, former || '_key', whole || '_gbo_key');
  END LOOP;

  EXECUTE format('ALTER TABLE public.%I RENAME TO %I', whole, former);
  EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING STORAGE'
    ' INCLUDING COMMENTS INCLUDING STATISTICS INCLUDING INDEXES) PARTITION BY RANGE (%I)',
    whole, former, clock);

  FOR entry IN SELECT n.conname, pg_get_constraintdef(n.oid) AS definition FROM pg_constraint n
    WHERE n.conrelid = plain AND n.contype IN ('c', 'f') AND n.conname <> whole || '_gbo_bound'
    ORDER BY n.contype, n.conname
  LOOP
    EXECUTE format('ALTER TABLE public.%I ADD CONSTRAINT %I %s', whole, entry.conname, entry.definition);
  END LOOP;

  FOR entry IN SELECT s.oid::regclass::text AS sequence, a.attname FROM pg_depend d
    JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.refobjid = plain AND d.deptype = 'a' AND d.classid = 'pg_class'::regclass
  LOOP
    EXECUTE format('ALTER SEQUENCE %s OWNED BY public.%I.%I', entry.sequence, whole, entry.attname);
  END LOOP;

  FOR entry IN SELECT g.privilege_type || coalesce(' (' || quote_ident(held.name) || ')', '') AS what,
      CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END AS whom,
      CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS rights
    FROM (SELECT c.relacl AS acl, NULL::name AS name, c.relowner FROM pg_class c WHERE c.oid = plain
      UNION ALL SELECT a.attacl, a.attname, c.relowner FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE a.attrelid = plain AND NOT a.attisdropped) held,
      aclexplode(held.acl) g
    WHERE g.grantee <> held.relowner
  LOOP
    EXECUTE format('GRANT %s ON public.%I TO %s%s', entry.what, whole, entry.whom, entry.rights);
  END LOOP;

  EXECUTE format('COMMENT ON TABLE public.%I IS %L', whole, obj_description(plain, 'pg_class'));
  EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (MINVALUE) TO (%L)',
    whole, former, bound);
  EXECUTE format('ALTER TABLE public.%I DROP CONSTRAINT %I', former, whole || '_gbo_bound');
  EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I DEFAULT', others, whole);
END
$divide$

-- Lets nobody write a key to this shard that is another one's, and notes what is written to ranges that move.
-- Made for one table by the settings sharding.policy, sharding.table, sharding.key, sharding.lock and sharding.mark.
DO $make$
DECLARE
  policy constant text := current_setting('sharding.policy');
  tab constant text := current_setting('sharding.table');
  key constant text := current_setting('sharding.key');
  lock constant bigint := current_setting('sharding.lock')::bigint;
  strangers boolean;
  -- The primary key of a row as JSON, by its own columns.
  parts constant text[] := (SELECT ARRAY[
      string_agg(quote_literal(a.attname) || ', OLD.' || quote_ident(a.attname), ', ' ORDER BY a.attnum),
      string_agg(quote_literal(a.attname) || ', NEW.' || quote_ident(a.attname), ', ' ORDER BY a.attnum)]
    FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::smallint[])
    WHERE i.indrelid = format('public.%I', tab)::regclass AND i.indisprimary);
BEGIN
  EXECUTE format($function$
    CREATE OR REPLACE FUNCTION sharding.%1$I() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $guard$
    BEGIN
      -- What the operator carries from shard to shard is written here before it counts here.
      IF current_setting('sharding.carrying', true) = %2$L AND pg_has_role(session_user, current_user, 'MEMBER') THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD WHEN 'TRUNCATE' THEN NULL ELSE NEW END;
      END IF;
      IF TG_OP = 'TRUNCATE' THEN
        PERFORM pg_advisory_xact_lock_shared(%3$s);
        IF (SELECT r.before <> r.after FROM sharding.routing r WHERE r.policy = %2$L) THEN
          RAISE EXCEPTION 'rows of this table move between the shards of ShardPolicy %%', %2$L
            USING ERRCODE = 'GB102', HINT = 'Truncate it when they have moved, or delete its rows.';
        END IF;
        RETURN NULL;
      END IF;
      IF TG_OP <> 'INSERT' AND sharding.claim(%2$L, %3$s, OLD.%4$I::text) THEN
        INSERT INTO sharding.change (policy, relation, hash, key)
        VALUES (%2$L, TG_TABLE_NAME, sharding.shard_hash(OLD.%4$I::text), jsonb_build_object(%5$s));
      END IF;
      IF TG_OP <> 'DELETE' AND sharding.claim(%2$L, %3$s, NEW.%4$I::text) THEN
        INSERT INTO sharding.change (policy, relation, hash, key)
        VALUES (%2$L, TG_TABLE_NAME, sharding.shard_hash(NEW.%4$I::text), jsonb_build_object(%6$s));
      END IF;
      RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END
    $guard$
  $function$, tab, policy, lock, key, parts[1], parts[2]);

  EXECUTE format('COMMENT ON FUNCTION sharding.%I() IS %L', tab, current_setting('sharding.mark'));
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = format('public.%I', tab)::regclass AND tgname = 'gbo_shard') THEN
    EXECUTE format('CREATE TRIGGER gbo_shard BEFORE INSERT OR UPDATE OR DELETE ON public.%1$I'
      ' FOR EACH ROW EXECUTE FUNCTION sharding.%1$I()', tab);
    EXECUTE format('CREATE TRIGGER gbo_shard_whole BEFORE TRUNCATE ON public.%1$I'
      ' FOR EACH STATEMENT EXECUTE FUNCTION sharding.%1$I()', tab);
    -- Whatever is there already and is another shard's would be taken for a copy that may go.
    EXECUTE format('SELECT EXISTS (SELECT FROM sharding.routing r WHERE r.policy = %L AND r.before + r.after > 2)'
      ' AND EXISTS (SELECT FROM public.%I t, sharding.routing r WHERE r.policy = %L AND r.shard <>'
      ' sharding.owner(sharding.shard_hash(t.%I::text), r.algorithm, r.before, r.after, r.frontier))',
      policy, tab, policy, key) INTO strangers;
    IF strangers THEN
      RAISE EXCEPTION 'table % has rows of keys that are other shards''', tab
        USING ERRCODE = 'GB103', HINT = 'Take them to their shards, or empty the table.';
    END IF;
    EXECUTE format('COMMENT ON TRIGGER gbo_shard ON public.%I IS %L', tab, policy);
  END IF;
END
$make$

-- Where each shard keeps what it has and what it gives away, and what keeps others from writing there.
-- It is run again whenever a shard is looked after; the functions of functions.sql are there already.

-- The routing table of each ShardPolicy as this shard knows it, and which of the shards this one is.
CREATE TABLE IF NOT EXISTS sharding.routing (
  policy text PRIMARY KEY,
  shard integer NOT NULL,
  -- The column whose hash decides; rows lie by it, so that it never changes.
  key text NOT NULL,
  -- Counts changes of the line, so that nobody goes back to an older one.
  turn bigint NOT NULL,
  -- As docs/reference/hash-function.md has it; what follows is the same in columns.
  line text NOT NULL,
  algorithm text NOT NULL,
  before integer NOT NULL,
  after integer NOT NULL,
  frontier integer NOT NULL,
  moving integer NOT NULL,
  -- For the moment in which ranges step over the frontier: nobody writes to those that move.
  closed boolean NOT NULL
);

-- Rows of ranges that move which were written since: what has to be copied again.
CREATE TABLE IF NOT EXISTS sharding.change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  policy text NOT NULL,
  relation text NOT NULL,
  hash bigint NOT NULL,
  key jsonb NOT NULL
);
GRANT SELECT ON sharding.routing TO PUBLIC;

-- The shard of a hash, by the name of the function.
CREATE OR REPLACE FUNCTION sharding.choose(hash bigint, count integer, algorithm text)
RETURNS integer LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF algorithm OPERATOR(pg_catalog.=) 'Modulo' THEN
    RETURN sharding.modulo(hash, count);
  END IF;
  RETURN sharding.consistent_hash(hash, count);
END
$$;

-- The shard whose rows count.
CREATE OR REPLACE FUNCTION sharding.owner(hash bigint, algorithm text, before integer, after integer, frontier integer)
RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT sharding.choose(hash, CASE WHEN sharding.key_range(hash) < frontier THEN after ELSE before END, algorithm)
$$;

-- The shard of a key now, for clients: sharding.route('by-user', user_id::text).
CREATE OR REPLACE FUNCTION sharding.route(policy text, key text)
RETURNS integer LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
  SELECT sharding.owner(sharding.shard_hash($2), r.algorithm, r.before, r.after, r.frontier)
  FROM sharding.routing r WHERE r.policy = $1
$$;

-- Takes a key for a write. True: its range moves, and the write has to be noted. Fails if the key is another
-- shard's (GB101), or is being handed over at this moment (GB102): look up its shard and try again.
CREATE OR REPLACE FUNCTION sharding.claim(name text, lock bigint, key text)
RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  hash constant bigint := sharding.shard_hash(key);
  here sharding.routing;
  place integer;
  goal integer;
  owner integer;
  other integer;
BEGIN
  -- Whoever changes the line waits for all who write by the former one.
  PERFORM pg_advisory_xact_lock_shared(lock);
  IF current_setting('transaction_isolation') = 'read committed' THEN
    SELECT r.* INTO here FROM sharding.routing r WHERE r.policy = name;
  ELSE
    -- A snapshot may be older than the line: then this fails, as any write to changed rows does.
    SELECT r.* INTO here FROM sharding.routing r WHERE r.policy = name FOR SHARE;
  END IF;
  IF here.policy IS NULL THEN
    RETURN false;
  END IF;
  place := sharding.choose(hash, here.before, here.algorithm);
  IF here.after = here.before THEN
    goal := place;
  ELSE
    goal := sharding.choose(hash, here.after, here.algorithm);
  END IF;
  owner := CASE WHEN sharding.key_range(hash) < here.frontier THEN goal ELSE place END;
  IF owner <> here.shard THEN
    -- What a foreign key does to copies that are about to go is nobody's write.
    IF pg_trigger_depth() > 1 THEN
      RETURN false;
    END IF;
    RAISE EXCEPTION 'this key is on shard % of ShardPolicy %', owner, name
      USING ERRCODE = 'GB101', HINT = 'Look up its shard again: SELECT sharding.route(policy, key).';
  END IF;
  IF place = goal OR NOT (sharding.key_range(hash) >= least(here.frontier, here.frontier + here.moving)
      AND sharding.key_range(hash) < greatest(here.frontier, here.frontier + here.moving)) THEN
    RETURN false;
  END IF;
  IF here.closed THEN
    other := CASE WHEN here.shard = goal THEN place ELSE goal END;
    RAISE EXCEPTION 'this key is being handed over to shard % of ShardPolicy %', other, name
      USING ERRCODE = 'GB102', HINT = 'Look up its shard again in a moment: SELECT sharding.route(policy, key).';
  END IF;
  RETURN true;
END
$$;

-- What makes a table again elsewhere: columns, keys, checks and indexes; no references, which would lead to
-- tables that are not there, and nothing that was added here. Also what two shards are compared by.
CREATE OR REPLACE FUNCTION sharding.definition(relation oid) RETURNS text
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
  SELECT format(E'CREATE TABLE public.%I (\n  ', c.relname) || string_agg(concat_ws(' ', quote_ident(a.attname),
      format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attcollation <> t.typcollation THEN 'COLLATE ' || a.attcollation::regcollation END,
      'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), CASE WHEN a.attnotnull THEN 'NOT NULL' END),
      E',\n  ' ORDER BY a.attnum) || E'\n);\n'
    || coalesce((SELECT string_agg(format(E'ALTER TABLE public.%I ADD CONSTRAINT %I %s;\n', c.relname, n.conname,
        pg_get_constraintdef(n.oid)), '' ORDER BY n.contype, n.conname)
      FROM pg_constraint n WHERE n.conrelid = c.oid AND n.contype IN ('p', 'u', 'c')), '')
    || coalesce((SELECT string_agg(pg_get_indexdef(i.indexrelid) || E';\n', '' ORDER BY x.relname)
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
      WHERE i.indrelid = c.oid AND x.relname <> left(c.relname, 53) || '_gbo_range'
        AND NOT EXISTS (SELECT FROM pg_constraint n WHERE n.conindid = i.indexrelid AND n.conrelid = c.oid)), '')
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.oid = $1 GROUP BY c.oid, c.relname
$$;

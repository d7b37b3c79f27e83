-- Which shard a key belongs to: the published functions, version 1, for PostgreSQL 13 and later.
-- docs/reference/hash-function.md says what they compute; vectors.csv beside this file, with what result.
--
-- They never change: rows lie, and indexes are built, by what they say. Every name is qualified,
-- operators too, so that no search_path of a caller brings in others.

CREATE SCHEMA IF NOT EXISTS sharding;
GRANT USAGE ON SCHEMA sharding TO PUBLIC;

-- The hash of a key: the first 8 bytes, big-endian, of SHA-256 of its UTF-8 text.
CREATE OR REPLACE FUNCTION sharding.shard_hash(key pg_catalog.text) RETURNS pg_catalog.int8
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN pg_catalog.textcat('x', pg_catalog.encode(
    pg_catalog.substr(pg_catalog.sha256(pg_catalog.convert_to(key, 'UTF8')), 1, 8),
    'hex'))::pg_catalog.bit(64)::pg_catalog.int8;
END
$$;

-- The range of a hash, 0 to 255: its top 8 bits. Keys move range by range.
CREATE OR REPLACE FUNCTION sharding.key_range(hash pg_catalog.int8) RETURNS pg_catalog.int4
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ((hash OPERATOR(pg_catalog.>>) 56) OPERATOR(pg_catalog.&) 255)::pg_catalog.int4
$$;

-- Refuses a number of shards that there cannot be.
CREATE OR REPLACE FUNCTION sharding.checked_count(count pg_catalog.int4) RETURNS pg_catalog.int4
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF count OPERATOR(pg_catalog.<) 1 OR count OPERATOR(pg_catalog.>) 256 THEN
    RAISE EXCEPTION 'the number of shards must be 1 to 256, not %', count USING ERRCODE = '22023';
  END IF;
  RETURN count;
END
$$;

-- ConsistentHash: jump consistent hash (Lamping and Veach 2014) in whole numbers.
CREATE OR REPLACE FUNCTION sharding.consistent_hash(hash pg_catalog.int8, count pg_catalog.int4)
RETURNS pg_catalog.int4
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  word CONSTANT pg_catalog.int8 := 4294967295;
  -- The state has 64 bits, unsigned: two words of 32, since bigint would overflow.
  high pg_catalog.int8 := (hash OPERATOR(pg_catalog.>>) 32) OPERATOR(pg_catalog.&) word;
  low pg_catalog.int8 := hash OPERATOR(pg_catalog.&) word;
  product pg_catalog.int8;
  shard pg_catalog.int8 := 0;
  next pg_catalog.int8 := 0;
  shards CONSTANT pg_catalog.int4 := sharding.checked_count(count);
BEGIN
  WHILE next OPERATOR(pg_catalog.<) shards LOOP
    shard := next;
    -- state := state * 2862933555777941757 + 1, modulo 2^64.
    -- The multiplier's words are 666578662 and 2276503805; the lower one less 2^32, which is
    -- -2018463491, keeps every product within 63 bits, and the 2^32 are made up for by "+ low":
    --   product := low * -2018463491 + 1
    --   high    := (product >> 32) + low + high * -2018463491 + low * 666578662, modulo 2^32
    --   low     := product, modulo 2^32
    product := low OPERATOR(pg_catalog.*) (-2018463491)::pg_catalog.int8 OPERATOR(pg_catalog.+) 1;
    high := ((product OPERATOR(pg_catalog.>>) 32) OPERATOR(pg_catalog.+) low
      OPERATOR(pg_catalog.+) ((high OPERATOR(pg_catalog.*) (-2018463491)::pg_catalog.int8) OPERATOR(pg_catalog.&) word)
      OPERATOR(pg_catalog.+) ((low OPERATOR(pg_catalog.*) 666578662::pg_catalog.int8) OPERATOR(pg_catalog.&) word))
      OPERATOR(pg_catalog.&) word;
    low := product OPERATOR(pg_catalog.&) word;
    -- next := (shard + 1) * 2^31 / ((state >> 33) + 1), rounded down
    next := ((shard OPERATOR(pg_catalog.+) 1) OPERATOR(pg_catalog.<<) 31)
      OPERATOR(pg_catalog./) ((high OPERATOR(pg_catalog.>>) 1) OPERATOR(pg_catalog.+) 1);
  END LOOP;
  RETURN shard;
END
$$;

-- Modulo: the remainder of the hash as an unsigned number, from its upper 63 bits and its last one.
CREATE OR REPLACE FUNCTION sharding.modulo(hash pg_catalog.int8, count pg_catalog.int4)
RETURNS pg_catalog.int4
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  half CONSTANT pg_catalog.int8 :=
    (hash OPERATOR(pg_catalog.>>) 1) OPERATOR(pg_catalog.&) 9223372036854775807;
  shards CONSTANT pg_catalog.int4 := sharding.checked_count(count);
BEGIN
  RETURN (((half OPERATOR(pg_catalog.%) shards) OPERATOR(pg_catalog.<<) 1)
    OPERATOR(pg_catalog.+) (hash OPERATOR(pg_catalog.&) 1)) OPERATOR(pg_catalog.%) shards;
END
$$;

-- The shard of a key, 0 to count - 1; algorithm as in the ShardPolicy. NULL if one of them is NULL.
CREATE OR REPLACE FUNCTION sharding.shard_of(
  key pg_catalog.text, count pg_catalog.int4, algorithm pg_catalog.text DEFAULT 'ConsistentHash')
RETURNS pg_catalog.int4
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF algorithm OPERATOR(pg_catalog.=) 'ConsistentHash' THEN
    RETURN sharding.consistent_hash(sharding.shard_hash(key), count);
  ELSIF algorithm OPERATOR(pg_catalog.=) 'Modulo' THEN
    RETURN sharding.modulo(sharding.shard_hash(key), count);
  END IF;
  RAISE EXCEPTION 'a hash function is ConsistentHash or Modulo, not %', algorithm USING ERRCODE = '22023';
END
$$;

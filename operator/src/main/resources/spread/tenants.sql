-- Which Tenant's database is on which shard, for whoever asks in SQL. Run whenever that changes.
CREATE SCHEMA IF NOT EXISTS sharding;
GRANT USAGE ON SCHEMA sharding TO PUBLIC;

CREATE TABLE IF NOT EXISTS sharding.tenant (
  policy text NOT NULL,
  tenant text NOT NULL,
  shard text NOT NULL,
  PRIMARY KEY (policy, tenant)
);
GRANT SELECT ON sharding.tenant TO PUBLIC;

-- The shard of a Tenant, by the name of its BotCluster: sharding.tenant_shard('by-tenant', 'acme').
CREATE OR REPLACE FUNCTION sharding.tenant_shard(policy text, tenant text)
RETURNS text LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
  SELECT t.shard FROM sharding.tenant t WHERE t.policy = $1 AND t.tenant = $2
$$;

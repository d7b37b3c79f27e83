"""Whether the outline of the source is still the one that was carried: a sum over what statements of definition write to, and
nothing else does."""

from servers import SCHEMA, one

# Rows of a catalogue as they are; those that belong to temporary tables are of schemas that are left out.
WHOLE = {
    "pg_proc": "pronamespace",
    "pg_type": "typnamespace",
    "pg_operator": "oprnamespace",
    "pg_opclass": "opcnamespace",
    "pg_opfamily": "opfnamespace",
    "pg_collation": "collnamespace",
    "pg_conversion": "connamespace",
    "pg_ts_config": "cfgnamespace",
    "pg_ts_dict": "dictnamespace",
    "pg_ts_parser": "prsnamespace",
    "pg_ts_template": "tmplnamespace",
    "pg_statistic_ext": "stxnamespace",
}
OF_TABLES = {"pg_rewrite": "ev_class", "pg_policy": "polrelid", "pg_sequence": "seqrelid", "pg_inherits": "inhrelid"}
OF_ALL = ("pg_extension", "pg_event_trigger", "pg_default_acl", "pg_foreign_server", "pg_publication", "pg_enum", "pg_range")
MADE = ("pg_cast", "pg_language", "pg_amop", "pg_amproc", "pg_transform")

# What is more than that has parts which change by themselves: sizes, places of files, indexes that are built anew.
PARTS = f"""
SELECT 'n', (oid, nspname, nspowner, nspacl)::text FROM spaces
UNION ALL SELECT 'c', (oid, relname, relnamespace, relowner, relkind, relpersistence, relam, reltablespace, relrowsecurity,
  relforcerowsecurity, relispartition, relreplident, reloptions, relacl, reloftype, relpartbound)::text FROM known
UNION ALL SELECT 'a', (attrelid, attnum, attname, atttypid, atttypmod, attnotnull, attisdropped, attidentity, attgenerated,
  attcollation, attstorage, attcompression, attoptions, attacl, attstattarget, attislocal, attinhcount)::text
  FROM pg_attribute WHERE attnum > 0 AND attrelid IN (SELECT oid FROM known)
UNION ALL SELECT 'd', (adrelid, adnum, adbin)::text FROM pg_attrdef WHERE adrelid IN (SELECT oid FROM known)
UNION ALL SELECT 'p', (partrelid, partstrat, partdefid, partattrs, partclass, partexprs)::text FROM pg_partitioned_table
UNION ALL SELECT 'k', (oid, conname, contype, condeferrable, condeferred, convalidated, conrelid, contypid, confrelid,
  confupdtype, confdeltype, confmatchtype, conkey, confkey, conislocal, connoinherit, conbin)::text
  FROM pg_constraint WHERE connamespace IN (SELECT oid FROM spaces)
  AND (conrelid = 0 OR conrelid IN (SELECT oid FROM known))
UNION ALL SELECT 'i', (c.relname, c.reloptions, i.indrelid, i.indisunique, i.indisprimary, i.indisclustered,
  i.indisreplident, i.indnkeyatts, i.indkey, i.indclass, i.indcollation, i.indoption, i.indexprs, i.indpred)::text
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indisvalid AND i.indrelid IN (SELECT oid FROM known)
UNION ALL SELECT 't', t::text FROM pg_trigger t WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM known)
  AND tgname NOT IN ('{SCHEMA}', '{SCHEMA}_all')
UNION ALL SELECT 'o', (objid, objsubid, refobjid, refobjsubid, deptype)::text FROM pg_depend
  WHERE classid = 'pg_class'::regclass AND deptype IN ('a', 'e') AND objid IN (SELECT oid FROM known WHERE relkind = 'S')
UNION ALL SELECT 'g', d::text FROM pg_aggregate d JOIN pg_proc p ON p.oid = d.aggfnoid
  WHERE p.pronamespace IN (SELECT oid FROM spaces)
UNION ALL SELECT 'm', d::text FROM pg_description d
  WHERE d.classoid = 'pg_class'::regclass AND d.objoid IN (SELECT oid FROM known)
  OR d.classoid <> 'pg_class'::regclass AND d.objoid >= 16384
UNION ALL SELECT 's', d::text FROM pg_db_role_setting d
  WHERE d.setrole = 0 AND d.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
"""

FRAME = f"""
WITH spaces AS (
  SELECT * FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', '{SCHEMA}')),
known AS (
  SELECT * FROM pg_class WHERE relkind NOT IN ('i', 'I', 't') AND relnamespace IN (SELECT oid FROM spaces))
SELECT md5(coalesce(string_agg(hash, '' ORDER BY hash COLLATE "C"), '')) FROM (
  SELECT md5(kind || line) AS hash FROM (%s) AS parts(kind, line)) AS hashes
"""


def statement():
    parts = [PARTS]
    for name, column in WHOLE.items():
        parts.append(f"SELECT '{name}', d::text FROM {name} d WHERE {column} IN (SELECT oid FROM spaces)")
    for name, column in OF_TABLES.items():
        parts.append(f"SELECT '{name}', d::text FROM {name} d WHERE {column} IN (SELECT oid FROM known)")
    parts.extend(f"SELECT '{name}', d::text FROM {name} d" for name in OF_ALL)
    parts.extend(f"SELECT '{name}', d::text FROM {name} d WHERE oid >= 16384" for name in MADE)
    return FRAME % " UNION ALL ".join(parts)


STATEMENT = statement()


def digest(session):
    return one(session, STATEMENT)

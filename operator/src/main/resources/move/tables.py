"""The tables that have rows of the Tenant's, partitions for themselves, and by which key a row is known in both servers."""

import dataclasses

from servers import SCHEMA, ask

TABLES = f"""
SELECT c.oid::bigint, format('%I.%I', n.nspname, c.relname), greatest(c.reltuples, 0)::bigint,
  coalesce(pg_table_size(c.oid), 0),
  (SELECT coalesce(json_agg(quote_ident(a.attname) ORDER BY a.attnum), '[]') FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''),
  (SELECT coalesce(json_agg(quote_ident(a.attname) ORDER BY a.attnum), '[]') FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
  (SELECT json_agg(json_build_object(
      'column', quote_ident(a.attname), 'type', format_type(a.atttypid, -1),
      'equals', format('OPERATOR(%I.%s)', s.nspname, o.oprname),
      'collation', (SELECT format(' COLLATE %I.%I', m.nspname, l.collname) FROM pg_collation l
        JOIN pg_namespace m ON m.oid = l.collnamespace WHERE l.oid = a.attcollation AND l.collname <> 'default'))
      ORDER BY k.place)
    FROM unnest(key.indkey::int2[], key.indclass::oid[]) WITH ORDINALITY AS k(attribute, class, place)
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attribute
    JOIN pg_opclass p ON p.oid = k.class
    JOIN pg_amop w ON w.amopfamily = p.opcfamily AND w.amoplefttype = p.opcintype
      AND w.amoprighttype = p.opcintype AND w.amopstrategy = 3
    JOIN pg_operator o ON o.oid = w.amopopr
    JOIN pg_namespace s ON s.oid = o.oprnamespace
    WHERE k.place <= key.indnkeyatts)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN LATERAL (
  SELECT i.* FROM pg_index i
  WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
    AND (i.indimmediate OR i.indisprimary)
    AND NOT EXISTS (SELECT FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey::int2[]) AND NOT a.attnotnull)
  ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid LIMIT 1) AS key ON true
WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname <> '{SCHEMA}'
  AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = CURRENT_USER)
  AND NOT EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 2
"""


@dataclasses.dataclass(frozen=True)
class Table:
    """A table; of its columns, those that are stored, and those that follow from them as well. Without a key it is carried
    whole, each time."""

    oid: int
    name: str
    rows: int
    bytes: int
    stored: list
    columns: list
    key: list

    def list(self):
        return ", ".join(self.stored)

    def matching(self):
        """A condition that takes an array of texts for each column of the key."""
        arrays = ", ".join("%s::text[]" for _ in self.key)
        names = ", ".join(f"k{n}" for n, _ in enumerate(self.key))
        equal = " AND ".join(
            plain(f"t.{k['column']} {k['equals']} (u.k{n}::{k['type']}{k['collation'] or ''})")
            for n, k in enumerate(self.key)
        )
        return f"EXISTS (SELECT FROM unnest({arrays}) AS u({names}) WHERE {equal})"

    def key_text(self, row="t"):
        return "ARRAY[" + ", ".join(f"{row}.{k['column']}::text" for k in self.key) + "]"

    def row_text(self):
        return "ROW(" + ", ".join(f"t.{name}" for name in self.columns) + ")::text"


def plain(text):
    """A text as it has to stand in a statement that takes values."""
    return text.replace("%", "%%")


def tables(session):
    return [Table(*row) for row in ask(session, TABLES)]

"""What a database consists of, as lines of text: two databases are made alike when their lines are equal.

The order of columns is left out, because a later migration can only append what `schema.sql` lists where it reads best;
so are the table of applied migrations and the monthly partitions, which depend on the day.
"""

import asyncpg

PARTITION = r"^events_[0-9]{4}_[0-9]{2}"

OURS = f"n.nspname = 'public' AND c.relname !~ '^migrations' AND c.relname !~ '{PARTITION}'"

LINES = (
    f"""
    SELECT format('column %s.%s %s null:%s default:%s identity:%s generated:%s', c.relname, a.attname,
        format_type(a.atttypid, a.atttypmod), NOT a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity,
        a.attgenerated)
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'v', 'm')
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE {OURS} AND a.attnum > 0 AND NOT a.attisdropped
    """,
    f"""
    SELECT format('relation %s %s options:%s partition:%s of:%s', c.relkind, c.relname, c.reloptions,
        pg_get_expr(c.relpartbound, c.oid), pg_get_partkeydef(c.oid))
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OURS}
    """,
    f"""
    SELECT format('constraint %s.%s %s', c.relname, k.conname, pg_get_constraintdef(k.oid))
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE {OURS}
    """,
    f"""
    SELECT format('index %s', pg_get_indexdef(i.indexrelid))
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OURS}
    """,
    f"""
    SELECT format('trigger %s', pg_get_triggerdef(t.oid))
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE {OURS} AND NOT t.tgisinternal
    """,
    """
    SELECT format('function %s', pg_get_functiondef(p.oid))
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'
    """,
)


async def catalogue(url: str) -> list[str]:
    """The lines of the database at `url`, sorted."""
    connection = await asyncpg.connect(url)
    try:
        return sorted([row[0] for query in LINES for row in await connection.fetch(query)])
    finally:
        await connection.close()

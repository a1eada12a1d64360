"""Makes the schemas `published` and `lookup` anew after each migration, from the SQL in their two folders.

A file `published/<layer>.sql` holds one SELECT over versioned rows `v` joined to their municipality `m`, whose
`today` is the civil date in its time zone; it becomes `published.<layer>_history`, and with that day added
`published.<layer>`.
Views would block migrations, so they go before one and come back after it. Nothing but this module makes them.
"""

from pathlib import Path

from django.db import connection, transaction

from layers.catalogue import LAYERS, PublishedLayer

_FOLDER = Path(__file__).parent
# Spelt out instead of `valid @> day`: that one would be answered by the GiST index of the validity, which
# nearly every row fulfils, for each small box (17 ms of 60,000 rows instead of 1 ms).
_VALID_TODAY = """\
    AND (lower_inf(v.valid) OR lower(v.valid) <= m.today)
    AND (upper_inf(v.valid) OR upper(v.valid) > m.today)"""


def _view_statements(layer: PublishedLayer) -> list[str]:
    select = (_FOLDER / "published" / f"{layer.name}.sql").read_text().strip()
    if not layer.has_history:
        return [f"CREATE VIEW {layer.view} AS\n{select}"]
    return [
        f"CREATE VIEW {layer.history_view} AS\n{select}",
        f"CREATE VIEW {layer.view} AS\n{select}\n{_VALID_TODAY}",
    ]


def drop_schemas() -> None:
    """Removes both schemas with all they hold; needs the role that owns them."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS published, lookup CASCADE")


def create_schemas() -> None:
    """Makes both schemas, their views and functions, and the public role's grants, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        drop_schemas()
        cursor.execute("CREATE SCHEMA published; CREATE SCHEMA lookup")
        for layer in LAYERS:
            for statement in _view_statements(layer):
                cursor.execute(statement)
            cursor.execute(f"COMMENT ON VIEW {layer.view} IS %s", [layer.abstract_es])
        for path in sorted((_FOLDER / "lookup").glob("*.sql")):
            cursor.execute(path.read_text())
        cursor.execute((_FOLDER / "sql" / "grants.sql").read_text())

"""Applies what each database role may do, after every migration and as the owner."""

import json
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.db import connections, transaction

SQL = Path(__file__).parent / "sql"


def append_only_tables() -> dict[str, list[str]]:
    """Every app's `append_only.APPEND_ONLY`, together: table → closing columns."""
    tables: dict[str, list[str]] = {}
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.append_only"):
            tables |= import_module(f"{app.name}.append_only").APPEND_ONLY
    return tables


def apply_grants(using: str = "default") -> None:
    """Grants, revocations and the triggers of tables that only grow, in one transaction."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    tables = {name: columns for name, columns in append_only_tables().items() if name in existing}
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lindero.append_only', %s, true)", [json.dumps(tables)])
        for name in ("grants.sql", "append_only.sql", "credentials.sql"):
            cursor.execute((SQL / name).read_text(encoding="utf-8"))

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


def kept_tables() -> set[str]:
    """The tables of records, whose rows may change but never go: all of an app that has an
    append_only module, except its DELETABLE (and join tables of many-to-many fields)."""
    kept: set[str] = set()
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.append_only"):
            declared = import_module(f"{app.name}.append_only")
            tables = {model._meta.db_table for model in app.get_models() if model._meta.managed}
            kept |= tables - getattr(declared, "DELETABLE", set())
    return kept


def apply_grants(using: str = "default") -> None:
    """Grants, revocations and the triggers of tables that only grow, in one transaction."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    tables = {name: columns for name, columns in append_only_tables().items() if name in existing}
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lindero.append_only', %s, true), set_config('lindero.kept', %s, true)",
            [json.dumps(tables), json.dumps(sorted(kept_tables()))],
        )
        for name in ("grants.sql", "append_only.sql", "credentials.sql"):
            cursor.execute((SQL / name).read_text(encoding="utf-8"))

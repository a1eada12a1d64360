"""Applies what each database role may do and on whose rows, after every migration and as the owner."""

import json
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

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


@cache
def walled_tables() -> dict[str, str]:
    """Every app's `row_security.ROW_SECURITY`, together: table → its way to the municipality."""
    tables: dict[str, str] = {}
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.row_security"):
            tables |= import_module(f"{app.name}.row_security").ROW_SECURITY
    return tables


def erasable_columns() -> dict[str, dict[str, Any]]:
    """Table → its personal text columns and its way to the municipality, of which a person's data are taken out.

    From every app's `exported_tables`; ERASED_OTHERWISE stays out: what is no text about people of the register.
    """
    found: dict[str, dict[str, Any]] = {}
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.exported_tables"):
            declared = import_module(f"{app.name}.exported_tables")
            otherwise = getattr(declared, "ERASED_OTHERWISE", {})
            personal = getattr(declared, "PERSONAL", {})
            for table, rule in declared.EXPORTED.items():
                columns = [c for c in personal.get(table, ()) if c not in otherwise.get(table, ())]
                found[table] = {"rule": rule, "columns": columns}
    return found


def _functions_past_the_wall() -> Iterator[str]:
    """The SQL of functions that read walled rows as the owner and judge the scope themselves."""
    for app in apps.get_app_configs():
        for path in sorted((Path(app.path) / "sql" / "past_the_wall").glob("*.sql")):
            yield path.read_text(encoding="utf-8")


def apply_grants(using: str = "default") -> None:
    """Grants, revocations, the triggers of tables that only grow and the policies, in one transaction."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    tables = {name: columns for name, columns in append_only_tables().items() if name in existing}
    walled = {name: column for name, column in walled_tables().items() if name in existing}
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lindero.append_only', %s, true), set_config('lindero.kept', %s, true),"
            " set_config('lindero.row_security', %s, true), set_config('lindero.erasable', %s, true)",
            [
                json.dumps(tables),
                json.dumps(sorted(kept_tables())),
                json.dumps(walled),
                json.dumps(
                    {name: told for name, told in erasable_columns().items() if name in existing}
                ),
            ],
        )
        for function in _functions_past_the_wall():
            cursor.execute(function)
        for name in ("grants.sql", "append_only.sql", "credentials.sql", "row_security.sql"):
            cursor.execute((SQL / name).read_text(encoding="utf-8"))

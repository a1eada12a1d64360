"""`cargar.sql`: makes every table in a PostgreSQL of somebody else's, loads the CSV files and proves the references."""

from collections.abc import Iterator

from django.db import models

from gis_project.territory.exit_package.declared import Column, Table

_TYPES = {
    "boolean": "boolean",
    "date": "date",
    "decimal": "numeric",
    "instant": "timestamptz",
    "integer": "bigint",
    "json": "jsonb",
    "text": "text",
    "uuid": "uuid",
}
_HEAD = """\
-- Carga el paquete en una base PostgreSQL con PostGIS. Desde la carpeta del paquete:
--   createdb traspaso
--   psql -d traspaso -v ON_ERROR_STOP=1 -f cargar.sql
SET client_encoding = 'UTF8';
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE SCHEMA traspaso;
SET search_path = traspaso, public;
BEGIN;
"""


def loading_script(tables: list[Table], *, with_personal_data: bool) -> str:
    """The psql script; the references come last, so that the order of the tables does not matter."""
    lines = [_HEAD]
    for table in tables:
        columns = ",\n".join(
            f'    "{column.name}" {_type(column, with_personal_data)}' for column in table.columns
        )
        lines.append(
            f'CREATE TABLE {table.name} (\n{columns},\n    PRIMARY KEY ("{table.key}")\n);\n'
            f"\\copy {table.name} FROM 'tablas/{table.name}.csv' WITH (FORMAT csv, HEADER true)\n"
        )
    lines += _references(tables)
    lines.append("COMMIT;\n")
    return "\n".join(lines)


def _references(tables: list[Table]) -> Iterator[str]:
    names = {table.name for table in tables}
    for table in tables:
        for column in table.columns:
            field = column.field
            if not isinstance(field, models.ForeignKey):
                continue
            target = field.related_model._meta.db_table
            if target in names:
                yield (
                    f'ALTER TABLE {table.name} ADD FOREIGN KEY ("{column.name}") '
                    f'REFERENCES {target} ("{field.target_field.column}");\n'
                )


def _type(column: Column, with_personal_data: bool) -> str:
    if column.is_personal and not with_personal_data:
        return "text"
    if column.kind == "geometry":
        return f"geometry({column.field.geom_type}, {column.field.srid})"  # type: ignore[attr-defined]
    return _TYPES[column.kind]

"""The data dictionary, told by the models: what each table and column is, in Spanish, and its LADM name."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.db import models

from gis_project.territory.exit_package.csv_file import CsvFile
from gis_project.territory.exit_package.declared import AnyField, Column, Table

TABLES = ("tabla", "qué es", "LADM", "llave", "filas", "en el GeoPackage")
COLUMNS = (
    "tabla",
    "columna",
    "qué es",
    "tipo",
    "unidad",
    "CRS",
    "puede faltar",
    "apunta a",
    "lista",
    "dato personal",
)
CODES = ("tabla", "columna", "código", "significado")
_TYPES = {
    "boolean": "lógico (true, false)",
    "date": "fecha AAAA-MM-DD",
    "decimal": "decimal exacto",
    "geometry": "geometría (EWKB en hexadecimal)",
    "instant": "instante UTC, ISO 8601",
    "integer": "entero",
    "json": "JSON",
    "text": "texto",
    "uuid": "UUID",
}
_UNITS = (("_m2", "m²"), ("_m", "m"), ("_pct", "%"), ("_per_mille", "por mil"), ("_years", "años"))
_ENDS = {"lower": "desde, incluido", "upper": "hasta, excluido; vacío: sin fin"}


def write_dictionary(folder: Path, tables: list[Table], rows: dict[str, int]) -> None:
    """`tablas.csv`, `columnas.csv` and `listas.csv` in `folder`."""
    _write(folder / "tablas.csv", TABLES, (_table(t, rows[t.name]) for t in tables))
    _write(folder / "columnas.csv", COLUMNS, (_column(t, c) for t in tables for c in t.columns))
    _write(folder / "listas.csv", CODES, (code for t in tables for code in _codes(t)))


def spanish_name(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name)


def ladm_name(model: type[models.Model]) -> str:
    """The LADM class that the model's docstring names on its first line, or nothing."""
    head = (model.__doc__ or "").strip().partition("\n")[0]
    found = re.search(r"LADM ([^·.]+)", head)
    return found.group(1).strip() if found else ""


def _write(path: Path, header: tuple[str, ...], lines: Iterator[tuple[object, ...]]) -> None:
    file = CsvFile(path, header)
    for line in lines:
        file.write(line)
    file.close()


def _table(table: Table, rows: int) -> tuple[object, ...]:
    layer = "capa" if table.geometry else ""
    return (
        table.name,
        spanish_name(table.model),
        ladm_name(table.model),
        table.key,
        rows,
        layer,
    )


def _column(table: Table, column: Column) -> tuple[object, ...]:
    field = column.field
    target = ""
    if isinstance(field, models.ForeignKey):
        target = f"{field.related_model._meta.db_table}.{field.target_field.column}"
    told = str(field.verbose_name)
    return (
        table.name,
        column.name,
        f"{told}: {_ENDS[column.end]}" if column.end else told,
        _TYPES[column.kind],
        _unit(field, told),
        f"EPSG:{field.srid}" if column.kind == "geometry" else "",  # type: ignore[attr-defined]
        bool(field.null or column.end),
        target,
        "listas.csv" if field.choices else "",
        column.is_personal,
    )


def _codes(table: Table) -> Iterator[tuple[object, ...]]:
    for column in table.columns:
        for code, told in column.field.flatchoices:
            yield table.name, column.name, str(code), str(told)


def _unit(field: AnyField, told: str) -> str:
    name = str(field.column)
    for ending, unit in _UNITS:
        if name.endswith(ending):
            return unit
    if isinstance(field, models.DecimalField) and (
        "USD" in told or (field.decimal_places == 2 and field.max_digits >= 14)
    ):
        return "USD"
    return ""

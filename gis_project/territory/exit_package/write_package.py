"""Writes the whole package into a folder; the same data give the same bytes."""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection

from gis_project.core.canonical import canonical_json
from gis_project.core.crs import STORAGE_SRID
from gis_project.territory.exit_package import declared
from gis_project.territory.exit_package.csv_file import CsvFile, plain_text
from gis_project.territory.exit_package.declared import Column, Table
from gis_project.territory.exit_package.dictionary import spanish_name, write_dictionary
from gis_project.territory.exit_package.geopackage import GeoPackage
from gis_project.territory.exit_package.loading_script import loading_script
from gis_project.territory.exit_package.rows import rows_of
from gis_project.territory.file_store import copy_file
from gis_project.territory.models import Municipality
from gis_project.territory.personal_hash import personal_hash

FORMAT = 1
_CHUNK = 1 << 20
_README = (Path(__file__).parent / "LEAME.md").read_text(encoding="utf-8")
_COMPLETE = (
    "**Contiene datos personales completos** (nombres, cédulas, documentos escaneados). "
    "Entréguelo en mano, cifrado y con acta."
)
_PSEUDONYMS = (
    "Los datos personales están reemplazados por seudónimos: el mismo valor da siempre el mismo "
    "seudónimo y no se puede\nvolver atrás sin la llave del municipio. Por lo mismo no van los "
    "documentos escaneados. El paquete completo se pide con\n`--with-personal-data`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTotals:
    """How many rows, and the exact sum of each decimal column."""

    rows: int
    sums: dict[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """`manifest_sha256` stands for every byte of the package."""

    tables: dict[str, TableTotals]
    files: int
    manifest_sha256: str


def write_package(town: Municipality, folder: Path, *, with_personal_data: bool) -> Package:
    """Fill the empty `folder`, inside a transaction that sees one instant. Memory does not grow with the rows.

    Raises StoredFileMissing, StoredFileDamaged.
    """
    tables = list(declared.tables().values())
    totals = _write_tables(town, folder, tables, with_personal_data)
    files = _copy_files(town, folder) if with_personal_data else 0
    write_dictionary(folder / "diccionario", tables, {n: t.rows for n, t in totals.items()})
    for name, path in declared.catalogues().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
    (folder / "cargar.sql").write_text(
        loading_script(tables, with_personal_data=with_personal_data), encoding="utf-8"
    )
    told = _README.format(
        official_name=town.official_name,
        srid=STORAGE_SRID,
        personal=_COMPLETE if with_personal_data else _PSEUDONYMS,
    )
    (folder / "LEAME.md").write_text(told, encoding="utf-8")
    digest = _write_manifest(town, folder, totals, files, with_personal_data)
    return Package(tables=totals, files=files, manifest_sha256=digest)


def _write_tables(
    town: Municipality, folder: Path, tables: list[Table], with_personal_data: bool
) -> dict[str, TableTotals]:
    package = GeoPackage(folder / "mapas.gpkg", srid=STORAGE_SRID, definition=_definition())
    totals = {}
    for table in tables:
        in_map = bool(table.geometry) or table.name in declared.also_in_geopackage()
        sheet = CsvFile(
            folder / "tablas" / f"{table.name}.csv", [column.name for column in table.columns]
        )
        if in_map:
            package.open_table(table, title=spanish_name(table.model))
        count = 0
        sums = {c.name: Decimal(0) for c in table.columns if c.kind == "decimal"}
        for row in rows_of(table, town=town.pk):
            shown = row if with_personal_data else _without_people(table.columns, row)
            sheet.write(shown)
            if in_map:
                package.write(shown)
            count += 1
            for column, value in zip(table.columns, row, strict=True):
                if column.name in sums and value is not None:
                    sums[column.name] += value
        sheet.close()
        if in_map:
            package.close_table()
        totals[table.name] = TableTotals(rows=count, sums=sums)
    _add_views(package, tables)
    package.close()
    return totals


def _add_views(package: GeoPackage, tables: list[Table]) -> None:
    for table in tables:
        names = [column.name for column in table.columns]
        if table.geometry and "recorded_to" in names:
            columns = ", ".join(f'"{n}"' for n in names if n != table.geometry.name)
            select = (
                f'SELECT fid AS OGC_FID, {columns}, "{table.geometry.name}" FROM "{table.name}" '  # noqa: S608 -- names of models
                "WHERE recorded_to IS NULL AND valid_to IS NULL"
            )
            title = f"{spanish_name(table.model)}: vigente"
            package.add_view(f"{table.name}_vigente", select, title=title, like=table)
    by_name = {table.name: table for table in tables}
    for name, select in declared.views().items():
        like = next(by_name[word] for word in select.split() if _has_geometry(by_name.get(word)))
        package.add_view(name, select, title=name.replace("_", " "), like=like)


def _has_geometry(table: Table | None) -> bool:
    return table is not None and table.geometry is not None


def _without_people(columns: Sequence[Column], row: Sequence[Any]) -> list[Any]:
    return [
        personal_hash(plain_text(value))
        if column.is_personal and value not in (None, "")
        else value
        for column, value in zip(columns, row, strict=True)
    ]


def _copy_files(town: Municipality, folder: Path) -> int:
    table = declared.tables()["territory_storedfile"]
    at = [column.name for column in table.columns].index("sha256")
    count = 0
    for row in rows_of(table, town=town.pk):
        digest = str(row[at])
        target = folder / "archivos" / digest[:2] / digest
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_file(digest, target)
        count += 1
    return count


def _write_manifest(
    town: Municipality,
    folder: Path,
    totals: dict[str, TableTotals],
    files: int,
    with_personal_data: bool,
) -> str:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): _sha256(path) for path in paths}
    manifest = canonical_json(
        {
            "format": FORMAT,
            "municipality": {"slug": town.slug, "dpa_code": town.dpa_code, "name": town.name},
            "crs": f"EPSG:{STORAGE_SRID}",
            "legal_crs": f"EPSG:{town.legal_srid}",
            "personal_data": "complete" if with_personal_data else "pseudonyms",
            "stored_files": files,
            "tables": {n: {"rows": t.rows, "sums": t.sums} for n, t in totals.items()},
            "left_out": declared.left_out(),
            "files": {
                name: {"sha256": digest, "bytes": (folder / name).stat().st_size}
                for name, digest in hashes.items()
            },
        }
    )
    (folder / "manifiesto.json").write_bytes(manifest)
    digest = hashlib.sha256(manifest).hexdigest()
    lines = [f"{value}  {name}\n" for name, value in sorted(hashes.items())]
    (folder / "SHA256SUMS").write_text(
        "".join([*lines, f"{digest}  manifiesto.json\n"]), encoding="utf-8"
    )
    return digest


def _definition() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT srtext FROM spatial_ref_sys WHERE srid = %s", [STORAGE_SRID])
        return str(cursor.fetchone()[0])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

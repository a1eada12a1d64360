"""Importing small files in tests as the command does, without the command."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cadastre.imports.parcel_map import parcel_map
from cadastre.imports.parcel_report import ParcelReport
from cadastre.imports.reading import read_file
from cadastre.operations.import_act import SourceFile
from cadastre.operations.import_parcels import ParcelImport, import_parcels
from gis_project.territory.models import Municipality
from gis_project.territory.policy import CONSOLE, Actor
from tests.cadastre.imports.map_files import write_map


def take_in(
    municipality: Municipality,
    folder: Path,
    shapes: Sequence[Any],
    *,
    by: Actor = CONSOLE,
    commit: bool = True,
    update: bool = False,
    is_correction: bool = False,
    valid_from: date | None = None,
    kind: str = "AUTO",
    crs: str | None = "EPSG:32717",
    psad56: bool = False,
    fields: dict[str, str] | None = None,
    **columns: Sequence[Any],
) -> ParcelReport:
    """Writes the shapes with their columns into a GeoPackage and imports it."""
    path = folder / "predios.gpkg"
    path.unlink(missing_ok=True)
    write_map(path, shapes, crs=crs, **(columns or {"nada": ["x"] * len(shapes)}))
    names = fields if fields is not None else {"key": "clave"} if "clave" in columns else {}
    return import_parcels(
        layer=read_file(path),
        source=SourceFile(path.name, "0" * 64),
        wanted=ParcelImport(
            map=parcel_map(None, **names),
            update=update,
            is_correction=is_correction,
            valid_from=valid_from,
            kind=kind,
            accepts_psad56=psad56,
        ),
        municipality=municipality,
        by=by,
        commit=commit,
    )

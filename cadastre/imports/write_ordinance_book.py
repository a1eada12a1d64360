"""Writes an ordinance's sheets as XLSX, or as the tables of a GeoPackage beside its zones and axes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import xlsxwriter
from shapely.geometry.base import BaseGeometry

from cadastre.imports.ordinance_columns import MAIN, SHEETS
from cadastre.imports.ordinance_to_sheets import Rows
from gis_project.core.crs import STORAGE_SRID

ZONES, AXES = "zonas", "ejes"
Shapes = Sequence[tuple[Mapping[str, str], BaseGeometry]]


def write_xlsx(path: Path, sheets: Mapping[str, Rows]) -> None:
    """All cells as text, so that 1.10 stays 1.10; the same sheets give the same bytes."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "Ordenanza", "created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- a constant
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for name, columns in SHEETS.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(columns) - 1, 44 if name == MAIN else 20, text)
            for place, column in enumerate(columns):
                sheet.write_string(0, place, column.heading, bold)
                for number, row in enumerate(sheets[name], start=1):
                    if column.heading in row:
                        sheet.write_string(number, place, row[column.heading], text)


def write_gpkg(path: Path, sheets: Mapping[str, Rows], *, zones: Shapes, axes: Shapes) -> None:
    """Tables without geometry and the two layers in EPSG:32717, without land values twice: zones tell theirs."""
    path.unlink(missing_ok=True)
    for name, columns in SHEETS.items():
        headings = [column.heading for column in columns]
        cells = [[row.get(heading, "") for row in sheets[name]] for heading in headings]
        _write(path, name, headings, cells, None, "")
    for name, shapes, kind, headings in (
        (ZONES, zones, "MultiPolygon", ["codigo", "clase", "valor"]),
        (AXES, axes, "MultiLineString", ["codigo", "clase"]),
    ):
        cells = [[row[heading] for row, _ in shapes] for heading in headings]
        geoms = np.array([shapely.to_wkb(geom) for _, geom in shapes], dtype=object)
        _write(path, name, headings, cells, geoms, kind)


def _write(
    path: Path, name: str, headings: list[str], cells: list[list[str]], geoms: Any, kind: str
) -> None:
    from pyogrio import raw  # it brings GDAL: only who writes a map waits for it

    raw.write(
        path,
        geoms,
        [np.array(column, dtype=object) for column in cells],
        headings,
        layer=name,
        driver="GPKG",
        geometry_type=kind or None,
        crs=f"EPSG:{STORAGE_SRID}" if kind else None,
        append=path.exists(),
        layer_options={"FID": "fid"} | ({"GEOMETRY_NAME": "geom"} if kind else {}),
    )

"""The files that an import leaves for the technician: report, findings for QGIS, rejected rows."""

import csv
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyogrio import raw

from cadastre.imports.parcel_report import Finding, ParcelReport, told_in_spanish
from cadastre.imports.reason_words import reason_words
from cadastre.imports.sheet_text import sheet_text
from gis_project.core.crs import STORAGE_SRID

# It tells of every layer it writes; the command's own words are enough.
logging.getLogger("pyogrio._io").setLevel(logging.WARNING)

FINDINGS = "hallazgos.gpkg"


def write_files(report: ParcelReport, folder: Path) -> list[Path]:
    """`informe.txt`, `informe.json`, `hallazgos.gpkg`, `rechazados.csv`, `faltantes.csv` in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    text = folder / "informe.txt"
    text.write_text(told_in_spanish(report) + "\n", encoding="utf-8")
    data = folder / "informe.json"
    data.write_text(
        json.dumps(report.as_dict(), ensure_ascii=False, indent=1, default=str), encoding="utf-8"
    )
    written = [text, data, _findings(report, folder / FINDINGS)]
    rejected = folder / "rechazados.csv"
    names = sorted({name for finding in report.rejections for name in finding.attributes})
    write_sheet(
        rejected,
        ["registro", "clave", "motivo", "que_hacer", *names],
        [
            [
                f.position,
                f.key,
                reason_words(f.code),
                f.message,
                *[f.attributes.get(name) for name in names],
            ]
            for f in report.rejections
        ],
    )
    written.append(rejected)
    if report.missing:
        absent = folder / "faltantes.csv"
        write_sheet(absent, ["clave"], [[key] for key in report.missing])
        written.append(absent)
    if report.still_open:
        still_open = folder / "observaciones_abiertas.csv"
        write_sheet(
            still_open,
            ["clave", "motivo", "que_hacer"],
            [[key, reason_words(code), message] for key, code, message in report.still_open],
        )
        written.append(still_open)
    return written


def write_sheet(path: Path, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A CSV that spreadsheets in Spanish open as it is: semicolons, UTF-8 with mark, no formulas."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, delimiter=";")
        lines.writerow([sheet_text(name) for name in header])
        for row in rows:
            lines.writerow([sheet_text("" if cell is None else str(cell)) for cell in row])


def _findings(report: ParcelReport, path: Path) -> Path:
    path.unlink(missing_ok=True)
    _layer(path, "observados", "MultiPolygon", *_of_findings(report.observations))
    pairs = report.overlaps
    _layer(
        path,
        "traslapes",
        "MultiPolygon",
        [pair.geom for pair in pairs],
        {
            "clave": [pair.key for pair in pairs],
            "otra_clave": [pair.other_key for pair in pairs],
            "area_m2": [float(pair.area_m2) for pair in pairs],
            "ancho_m": [float(pair.width_m) for pair in pairs],
        },
    )
    _layer(path, "rechazados", "MultiPolygon", *_of_findings(report.rejections))
    all_findings = (*report.observations, *report.rejections)
    located = [(f, f.x, f.y) for f in all_findings if f.x is not None and f.y is not None]
    _, columns = _of_findings([finding for finding, _, _ in located])
    points = [shapely.Point(x, y) for _, x, y in located]
    _layer(path, "puntos_invalidez", "Point", points, columns)
    return path


def _of_findings(findings: Sequence[Finding]) -> tuple[list[Any], dict[str, list[Any]]]:
    attributes = [json.dumps(f.attributes, ensure_ascii=False, default=str) for f in findings]
    return [f.geom for f in findings], {
        "registro": [f.position for f in findings],
        "clave": [f.key for f in findings],
        "motivo": [reason_words(f.code) for f in findings],
        "que_hacer": [f.message for f in findings],
        "atributos": attributes,
        "geometria_original": [f.raw_hex for f in findings],
    }


def _layer(
    path: Path, name: str, kind: str, geoms: Sequence[Any], columns: dict[str, list[Any]]
) -> None:
    shapes = np.full(len(geoms), None, dtype=object)
    shapes[:] = shapely.to_wkb(np.array([*geoms, None], dtype=object))[:-1]
    raw.write(
        path,
        shapes,
        [_column(values) for values in columns.values()],
        list(columns),
        layer=name,
        driver="GPKG",
        geometry_type=kind,
        crs=f"EPSG:{STORAGE_SRID}",
        append=path.exists(),
    )


def _column(values: list[Any]) -> np.ndarray:
    if values and isinstance(values[0], int):
        return np.array(values, dtype=np.int64)
    if values and isinstance(values[0], float):
        return np.array(values, dtype=np.float64)
    return np.array(values, dtype=object)

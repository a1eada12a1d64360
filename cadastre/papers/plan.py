"""Plano del predio: drawing at a round scale, corners in the legal CRS, areas, scale factor, datum."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from cadastre.papers.boundaries import BoundaryRun, azimuth, boundary_text, metres
from cadastre.papers.certificate import Head, PropertyText, facts, head_data, table
from cadastre.papers.plan_drawing import DoesNotFit, drawing_of, scale_for
from cadastre.papers.render import render
from gis_project.core.crs import combined_scale
from gis_project.core.errors import InvalidInput

FRAMES_MM = {"a4": (160.0, 144.0), "a3": (247.0, 236.0)}
_A4_DOWN_TO = 1000


class GroundDoesNotFit(InvalidInput):
    """The ground is larger than a sheet at 1:100 000 shows: print the layers instead."""

    code = "ground_does_not_fit"


def plan(
    head: Head,
    *,
    predio: PropertyText,
    geom: Any,
    corners: Sequence[tuple[int, float, float]],
    runs: Sequence[BoundaryRun],
    around: Sequence[tuple[str, Any]],
    roads: Sequence[tuple[str, Any]],
    crs: str,
    srid: int,
    ellipsoidal_area: str,
    sheet: str | None = None,
) -> bytes:
    """The PDF on A4, or A3 where A4 would go below 1:1000. `geom` and `corners` in the legal CRS `srid`."""
    sheet = sheet or _sheet_for(geom)
    width, height = FRAMES_MM[sheet]
    try:
        drawing = drawing_of(
            geom, corners=corners, around=around, roads=roads, width_mm=width, height_mm=height
        )
    except DoesNotFit:
        raise GroundDoesNotFit("El predio no cabe en una lámina ni a escala 1:100 000.") from None
    middle = geom.centroid
    factor = combined_scale(middle.x, middle.y, srid=srid)
    data = {
        **head_data(head, kind="PLAN"),
        "sheet": sheet,
        "drawing": asdict(drawing),
        "scale": f"1:{drawing.scale:,}".replace(",", " "),
        "datum": f"{crs} (EPSG:{srid}), datum WGS 84",
        "facts": [
            facts(
                "",
                [
                    ("Clave catastral", predio.key),
                    ("Número de predio", predio.number),
                    ("Parroquia", predio.parish),
                    ("Dirección", predio.address),
                    ("Área catastral (cuadrícula)", predio.legal_area),
                    ("Área en el elipsoide", ellipsoidal_area),
                    ("Área según título", predio.titled_area or "no registrada"),
                ],
            )["rows"],
            facts(
                "",
                [
                    ("Sistema", f"{crs} (EPSG:{srid})"),
                    ("Datum", "WGS 84"),
                    ("Factor de escala", f"{factor.combined:.6f}".replace(".", ",")),
                    ("Escala", f"1:{drawing.scale:,}".replace(",", " ")),
                    ("Norte", "de cuadrícula"),
                ],
            )["rows"],
        ],
        "boundary": boundary_text(runs),
        "corners": _corner_table(corners),
        "runs": table(
            "Linderos",
            head=("Vértices", "Lado", "Colindante", "Longitud", "Azimut"),
            rows=[
                (
                    f"P{run.start}–P{run.end}",
                    run.side,
                    run.neighbour,
                    metres(run.length_m),
                    azimuth(run.azimuth_deg),
                )
                for run in runs
            ],
            widths=(1.2, 0.8, 3.6, 1.1, 1),
            right=(3, 4),
        ),
        "note": (
            "Coordenadas, longitudes y áreas de cuadrícula sobre la geometría del catastro. El "
            "factor de escala se calcula en el centro del predio y a la altura del elipsoide. Este "
            "plano no prueba el dominio."
        ),
    }
    return render("plan", data, at=head.issued_at)


def _sheet_for(geom: Any) -> str:
    width, height = FRAMES_MM["a4"]
    try:
        scale = scale_for(geom, width_mm=width, height_mm=height)
    except DoesNotFit:
        return "a3"
    return "a4" if scale <= _A4_DOWN_TO else "a3"


def _corner_table(corners: Sequence[tuple[int, float, float]]) -> list[list[str]]:
    return [[f"P{number}", _metres3(x), _metres3(y)] for number, x, y in corners]


def _metres3(value: float) -> str:
    whole, _, decimals = f"{value:.3f}".partition(".")
    return f"{int(whole):,}".replace(",", " ") + f",{decimals}"

"""Descripción de linderos: the outline of a predio told as notaries write it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cadastre.papers.certificate import (
    Head,
    PropertyText,
    certificate,
    paragraph,
    property_section,
    statement,
    table,
)
from gis_project.core.money import format_decimal, to_cents

SIDES = ("norte", "este", "sur", "oeste")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryRun:
    """A stretch of outline against one neighbour: towards which side, which neighbour, metres, azimuth."""

    side: str
    neighbour: str
    length_m: float
    azimuth_deg: float
    start: int
    end: int


def boundary_text(runs: Sequence[BoundaryRun]) -> str:
    """«Por el norte, con calle Bolívar, en 23,40 m; por el este, …». Sides in the order N, E, S, W."""
    told = []
    for side in SIDES:
        stretches = [run for run in runs if run.side == side]
        if stretches:
            each = [f"con {run.neighbour}, en {metres(run.length_m)}" for run in stretches]
            told.append(f"por el {side}, {_listed(each)}")
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def metres(length_m: float) -> str:
    """``23,40 m``."""
    return f"{format_decimal(to_cents(Decimal(repr(float(length_m)))))} m"


def azimuth(degrees: float) -> str:
    """``045°30′``, from grid north, to the minute."""
    minutes = round(degrees * 60) % (360 * 60)
    return f"{minutes // 60:03}°{minutes % 60:02}′"


def boundaries(
    head: Head, *, predio: PropertyText, runs: Sequence[BoundaryRun], crs: str, perimeter_m: float
) -> bytes:
    """The PDF. `runs` follow the outline clockwise from its north-west corner."""
    rows = [
        (
            f"P{run.start}–P{run.end}",
            run.side,
            run.neighbour,
            metres(run.length_m),
            azimuth(run.azimuth_deg),
        )
        for run in runs
    ]
    return certificate(
        head,
        kind="BOUNDARIES",
        sections=[
            paragraph(
                f"La {head.office} describe los linderos con que el siguiente predio consta en el "
                "catastro:"
            ),
            property_section(predio),
            statement(boundary_text(runs)),
            paragraph(f"Perímetro: {metres(perimeter_m)}."),
            table(
                "Tramos",
                head=("Vértices", "Lado", "Colindante", "Longitud", "Azimut"),
                rows=rows,
                widths=(1.2, 0.8, 3.6, 1.1, 1),
                right=(3, 4),
            ),
            paragraph(
                f"Longitudes y azimutes de cuadrícula en {crs}, medidos sobre la geometría del "
                "catastro. No sustituye a la escritura ni prueba el dominio."
            ),
        ],
    )


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} y {parts[-1]}"

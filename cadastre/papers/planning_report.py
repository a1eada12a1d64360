"""IPRUS: what the land-use plan lets one do on a predio, and what the ground forbids."""

from collections.abc import Sequence
from dataclasses import dataclass

from cadastre.papers.certificate import (
    Head,
    PropertyText,
    certificate,
    facts,
    paragraph,
    property_section,
    statement,
)

NOT_REGISTERED = "no registrado"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneText:
    """A land-use polygon as the report prints it; empty texts are printed as not registered."""

    code: str
    use: str
    classification: str
    share: str
    minimum_lot: str
    minimum_front: str
    max_floors: str
    ground_cover: str
    total_cover: str
    setbacks: str


def planning_report(
    head: Head,
    *,
    predio: PropertyText,
    soil: str,
    front: str,
    zones: Sequence[ZoneText],
    risks: str,
    ravine: str,
) -> bytes:
    """The PDF; what the municipality has not loaded is printed as «no registrado», never left out."""
    sections = [
        paragraph(
            f"La {head.office} informa sobre la regulación y el uso del suelo que rigen para el "
            "siguiente predio:"
        ),
        property_section(predio),
        facts("Suelo", [("Clasificación del suelo", soil), ("Frente a vía", front)]),
    ]
    for zone in zones:
        sections.append(_zone_section(zone))
    if not zones:
        sections.append(facts("Uso del suelo", [("Polígono de intervención", NOT_REGISTERED)]))
    sections += [
        facts("Limitaciones", [("Riesgos", risks), ("Borde superior de quebrada", ravine)]),
        statement(
            "Informa lo que consta en el plan de uso y gestión del suelo cargado en el sistema. No "
            "autoriza a construir ni a fraccionar."
        ),
    ]
    return certificate(head, kind="PLANNING_REPORT", sections=sections)


def _zone_section(zone: ZoneText) -> dict[str, object]:
    title = f"Uso del suelo: polígono {zone.code}" if zone.code else "Uso del suelo"
    rows = [
        ("Uso principal", zone.use),
        ("Parte del predio", zone.share),
        ("Clasificación", zone.classification),
        ("Lote mínimo", zone.minimum_lot),
        ("Frente mínimo", zone.minimum_front),
        ("Pisos", zone.max_floors),
        ("COS en planta baja", zone.ground_cover),
        ("COS total", zone.total_cover),
        ("Retiros", zone.setbacks),
    ]
    return facts(title, [(label, value or NOT_REGISTERED) for label, value in rows])

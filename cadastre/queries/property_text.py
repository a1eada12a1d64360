"""A predio as papers print it: Spanish text, formatted numbers, its holders."""

from decimal import Decimal

from cadastre.models import ParcelVersion, Right
from cadastre.papers.certificate import PropertyText
from cadastre.queries.holders import Holding
from cadastre.queries.properties import PropertyFacts
from gis_project.core.money import format_decimal
from gis_project.core.units import format_m2


def property_text(facts: PropertyFacts, holders: tuple[Holding, ...]) -> PropertyText:
    """The printed form; `holders` empty for a paper that names nobody."""
    return PropertyText(
        key=facts.key or "sin clave",
        number=facts.number or "",
        other_keys=facts.other_keys,
        parish=facts.parish or "",
        block=facts.block,
        address=facts.address,
        ground=ParcelVersion.Kind(facts.ground).label if facts.ground else "",
        aliquot=_percent(facts.aliquot),
        legal_area=area_text(facts.legal_area_m2),
        titled_area=area_text(facts.titled_area_m2),
        holders=tuple(
            (
                h.full_name,
                h.id_number or "sin documento",
                tenure_text(h.tenure),
                share_text(h.share),
            )
            for h in holders
        ),
    )


def area_text(area_m2: Decimal | None) -> str:
    """``1.234,50 m²``; nothing for no area."""
    return format_m2(area_m2) if area_m2 is not None else ""


def tenure_text(tenure: str) -> str:
    return Right.Kind(tenure).label


def share_text(share: str | None) -> str:
    if share is None:
        return "sin determinar"
    return "total" if share == "1/1" else share


def _percent(aliquot: Decimal | None) -> str:
    if aliquot is None:
        return ""
    return f"{format_decimal((aliquot * 100).quantize(Decimal('0.0001')))} %"

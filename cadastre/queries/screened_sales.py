"""The sales of a municipality as a ratio study takes them: value of the last title, or by an ordinance."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from django.db import connection

from cadastre.queries.roll_by_two import roll_seen_by
from cadastre.ratio_studies.sale import Exclusion, Sale
from cadastre.valuation.appraise import appraise
from cadastre.valuation.facts import MissingInput
from gis_project.territory.models import Municipality, Ordinance

_SQL = (Path(__file__).parent / "sql" / "sales_screened.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class ScreenedSale:
    """A sale of the register: its id, its note, whether a person decided, and the study's view of it."""

    id: UUID
    unit_id: UUID | None
    is_decided: bool
    note: str
    sale: Sale


def screened_sales(
    municipality: Municipality, *, values: Mapping[UUID, Decimal] | None = None
) -> list[ScreenedSale]:
    """All sales, the youngest first. Without ``values`` (by predio) those of the last title count.

    The stratum is the one told with the sale, else the zone of that title.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"town": municipality.pk})
        rows = cursor.fetchall()
    found = []
    for row in rows:
        sale_id, name, price, sold_on, stratum, unit_id, reason, decided, note, base, zone, new = (
            row
        )
        value = base if values is None else values.get(unit_id)
        found.append(
            ScreenedSale(
                sale_id,
                unit_id,
                decided,
                note,
                Sale(
                    name=name,
                    price=price,
                    value=value,
                    sold_on=sold_on,
                    stratum=stratum or zone,
                    told=_told(reason, is_decided=decided, unit_id=unit_id, has_changed=new),
                ),
            )
        )
    return found


def values_by(ordinance: Ordinance, *, year: int) -> dict[UUID, Decimal]:
    """What an ordinance, a draft too, would value each predio at; those without value are left out."""
    seen = roll_seen_by(ordinance, year=year)
    found = {}
    for unit in seen.units:
        if unit.facts is None:
            continue
        try:
            found[unit.unit_id] = appraise(unit.facts, seen.facts).total
        except MissingInput:
            continue  # the linter lists them with their reason; here the sale is left out as NO_VALUE
    return found


def _told(
    reason: str, *, is_decided: bool, unit_id: UUID | None, has_changed: bool
) -> Exclusion | None:
    if reason:
        return Exclusion(reason)
    if unit_id is None:
        return Exclusion.NO_PREDIO
    if has_changed and not is_decided:
        return Exclusion.CHANGED_SINCE
    return None

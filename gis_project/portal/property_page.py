"""The three parts of a property page that need more than the facts: ground, money, holders."""

from datetime import date
from typing import Any

from django.http import HttpRequest

from cadastre.keys.any_key import normalise
from cadastre.models import PropertyUnit
from cadastre.queries.debts import debts_of
from cadastre.queries.holders import holders_of
from cadastre.queries.neighbours import neighbours_of
from cadastre.queries.properties import PropertyFacts
from cadastre.queries.titles import titles_of
from gis_project.portal.audience import Sees
from gis_project.portal.bills import OpenTitle, ShownTitle, open_title, shown_title
from gis_project.portal.boundary import boundary_of
from gis_project.portal.due import due_today
from gis_project.portal.lookups import asker_of, last_title, may_look_up, open_titles
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access

CRS_NAMES = {
    32717: "WGS 84 / UTM 17 Sur",
    32718: "WGS 84 / UTM 18 Sur",
    31992: "SIRGAS 95 / UTM 17 Sur",
    31993: "SIRGAS 95 / UTM 18 Sur",
    31977: "SIRGAS 2000 / UTM 17 Sur",
    31978: "SIRGAS 2000 / UTM 18 Sur",
}
PURPOSE = "counter_purpose"


def ground_context(place: Municipality, facts: PropertyFacts, *, on: date) -> dict[str, Any]:
    """Map box, drawing, sides and neighbours; only the CRS's name for a predio without map."""
    told: dict[str, Any] = {
        "legal_crs": CRS_NAMES.get(place.legal_srid, f"EPSG:{place.legal_srid}")
    }
    if facts.geom is None or facts.parcel_id is None:
        return told
    boundary = boundary_of(facts.geom, legal_srid=place.legal_srid)  # type: ignore[arg-type]  # PropertyFacts stays free of GEOS
    neighbours = neighbours_of(facts.parcel_id, municipality=place, on=on)
    return told | {
        "extent": boundary.extent,
        "sketch": boundary.sketch,
        "sides": boundary.sides,
        "neighbours": neighbours,
    }


def money_context(
    request: HttpRequest,
    place: Municipality,
    unit: PropertyUnit,
    facts: PropertyFacts,
    sees: Sees,
    *,
    on: date,
) -> dict[str, Any]:
    """The last bill and what is due today, as far as this reader may see them and has look-ups left."""
    if "assessed_value" not in sees.value and "amount_due" not in sees.tax:
        return {}
    if sees.is_public:
        if not facts.key:
            return {}
        if not may_look_up(asker_of(request), municipality=place):
            return {"lookups_used_up": True}
        key = normalise(facts.key)
        bill, titles = last_title(town=place.slug, key=key), open_titles(town=place.slug, key=key)
    else:
        bill, titles = _titles_for_officials(unit)
    told: dict[str, Any] = {}
    if "assessed_value" in sees.value:
        told["bill"] = bill
    if "amount_due" in sees.tax:
        told["due"] = due_today(titles, municipality=place, on=on)
    return told


def holders_context(
    request: HttpRequest, place: Municipality, unit: PropertyUnit, sees: Sees, *, on: date
) -> dict[str, Any]:
    """The holders, for those whose office sees them; the look is recorded."""
    if "holder" not in sees.right or "full_name" not in sees.party:
        return {"holders": None}
    holders = holders_of(unit, on=on)
    log_access(
        municipality=place,
        actor=request.user,
        action="view_holders",
        query=str(unit.pk),
        found=len(holders),
        purpose=request.session.get(PURPOSE) or "página del predio",
    )
    return {"holders": holders}


def _titles_for_officials(unit: PropertyUnit) -> tuple[ShownTitle | None, tuple[OpenTitle, ...]]:
    titles = titles_of(unit)
    bill = None
    if titles:
        last = titles[-1]
        bill = shown_title(
            year=last.year,
            kind=last.kind,
            number=last.number,
            base=last.base,
            total=last.total,
            explanation=last.explanation,
        )
    owed = debts_of(unit.municipality, units=[unit.pk])
    return bill, tuple(open_title(one.debt) for one in owed if one.unpaid > 0)

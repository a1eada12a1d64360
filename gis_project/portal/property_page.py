"""The three parts of a property page that need more than the facts: ground, money, holders."""

from datetime import date
from typing import Any

from django.http import HttpRequest

from cadastre.keys.any_key import normalise
from cadastre.models import PropertyUnit
from cadastre.queries.holders import holders_of
from cadastre.queries.properties import PropertyFacts
from gis_project.core.crs import STORAGE_SRID
from gis_project.portal.boundary import boundary_of
from gis_project.portal.due import due_today
from gis_project.portal.lookups import last_title, may_look_up, open_titles
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.policy import can

CRS_NAMES = {
    32717: "WGS 84 / UTM 17 Sur",
    32718: "WGS 84 / UTM 18 Sur",
    31992: "SIRGAS 95 / UTM 17 Sur",
    31993: "SIRGAS 95 / UTM 18 Sur",
    31977: "SIRGAS 2000 / UTM 17 Sur",
    31978: "SIRGAS 2000 / UTM 18 Sur",
}


def boundary_context(place: Municipality, facts: PropertyFacts) -> dict[str, Any]:
    """Map box, drawing and sides; nothing for a predio without map."""
    legal_crs = CRS_NAMES.get(place.legal_srid, f"EPSG:{place.legal_srid}")
    if facts.geom is None:
        return {"legal_crs": legal_crs}
    boundary = boundary_of(facts.geom, legal_srid=place.legal_srid or STORAGE_SRID)  # type: ignore[arg-type]  # PropertyFacts says object to stay free of GEOS
    return {
        "legal_crs": legal_crs,
        "extent": boundary.extent,
        "sketch": boundary.sketch,
        "sides": boundary.sides,
    }


def money_context(
    request: HttpRequest, place: Municipality, facts: PropertyFacts, *, on: date
) -> dict[str, Any]:
    """The last bill and what is due today, as far as the municipality publishes them and the hour's look-ups last."""
    if not facts.key or not (place.shows_value or place.shows_debt):
        return {}
    if not may_look_up(request):
        return {"lookups_used_up": True}
    key = normalise(facts.key)
    bill = last_title(town=place.slug, key=key)
    titles = open_titles(town=place.slug, key=key)
    return {"bill": bill, "due": titles and due_today(titles, municipality=place, on=on)}


def holders_context(
    request: HttpRequest, place: Municipality, unit: PropertyUnit, *, on: date
) -> dict[str, Any]:
    """The holders, for officials who may see the register; the look is recorded."""
    if not can(request.user, "view_register", municipality=place, on=on):
        return {"holders": None}
    holders = holders_of(unit, on=on)
    log_access(
        municipality=place,
        actor=request.user,
        action="view_holders",
        query=str(unit.pk),
        found=len(holders),
        purpose="property page",
    )
    shows_documents = can(request.user, "view_personal_data", municipality=place, on=on)
    return {"holders": holders, "shows_documents": shows_documents}

"""One predio as the API tells it: each field only if the matrix grants it to the reader."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from cadastre.keys.any_key import normalise
from cadastre.models import PropertyUnit
from cadastre.queries.fate import Fate
from cadastre.queries.holders import Holding, holders_of
from cadastre.queries.principal_key import principal_key
from cadastre.queries.properties import PropertyFacts
from cadastre.queries.titles import titles_of
from gis_project.core.money import to_cents
from gis_project.portal.api.geojson import geojson
from gis_project.portal.api.reader import Reader
from gis_project.portal.lookups import last_title
from gis_project.portal.templatetags.lindero import masked
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access

# The matrix's name of a field → ours, where they differ.
_SHOWN_AS = {"property_number": "number", "street_address": "address"}
_BUILDING_FIELDS = ("floors", "structure", "use", "built_in")


def parcel_answer(facts: PropertyFacts, *, reader: Reader, on: date, srid: int) -> dict[str, Any]:
    """The facts on that day, without value and holders."""
    place = reader.municipality
    granted = reader.fields("parcel")
    page_key = facts.key or next(iter(facts.other_keys), None) or facts.number
    told: dict[str, Any] = {
        "municipality": {"slug": place.slug, "dpa_code": place.dpa_code, "name": place.name},
        "on": on,
        "key": facts.key,
        "other_keys": list(facts.other_keys),
        "kind": facts.kind,
        "state": facts.state,
        "aliquot": _text(facts.aliquot),
        "ground": facts.ground,
        "legal_crs": f"EPSG:{place.legal_srid}",
        "is_observed": facts.is_observed,
        "buildings": _buildings(facts, reader.fields("building")),
        "valid_from": facts.valid_from,
        "recorded_at": facts.recorded_at,
        "page": settings.PUBLIC_URL + reverse("property", args=[place.slug, page_key]),
        "crs": f"EPSG:{srid}",
    }
    if facts.geom is not None:
        told["feature"] = f"{settings.PUBLIC_URL}/ogc/collections/parcels/items/{facts.parcel_id}"
    switched: dict[str, Any] = {
        "property_number": facts.number,
        "parish": facts.parish,
        "block": facts.block or None,
        "land_use": facts.land_use or None,
        "street_address": facts.address or None,
        "legal_area_m2": _text(facts.legal_area_m2),
        "ellipsoidal_area_m2": _text(facts.ellipsoidal_area_m2),
        "titled_area_m2": _text(facts.titled_area_m2),
        "observations": list(facts.observations),
        "geometry": geojson(facts.geom, srid=srid) if facts.geom is not None else None,
    }
    told |= {
        _SHOWN_AS.get(field, field): value for field, value in switched.items() if field in granted
    }
    if "zone_value_m2" in reader.fields("value"):
        told["zone"] = _zone(facts)
    return told


def value_answer(
    unit: PropertyUnit, facts: PropertyFacts, *, reader: Reader, on: date
) -> dict[str, Any]:
    """`value` of the last emission up to that day's year; nothing where it is not shown."""
    if "assessed_value" not in reader.fields("value"):
        return {}
    if reader.is_public:
        # The look-up reads a key as of today, when the one of that day may belong to another predio.
        if on == reader.today and facts.key:
            key: str | None = normalise(facts.key)
        else:
            key = principal_key(unit, on=reader.today)
        bill = last_title(town=reader.municipality.slug, key=key) if key else None
        emitted = [(bill.year, bill.base)] if bill else []
    else:
        emitted = [(title.year, title.base) for title in titles_of(unit)]
    known = [(year, base) for year, base in emitted if year <= on.year]
    if not known:
        return {"value": None}
    year, base = known[-1]
    return {"value": {"year": year, "assessed_value": str(to_cents(base))}}


def ended_answer(fate: Fate | None, *, place: Municipality) -> dict[str, Any]:
    """`ended` of a predio that is no more: since when, by which act, and the predios that follow it."""
    if fate is None:
        return {}
    pages = [
        {"key": key, "page": settings.PUBLIC_URL + reverse("property", args=[place.slug, key])}
        for key in fate.became
    ]
    return {"ended": {"on": fate.ended_on, "act": fate.verb, "title": fate.title, "became": pages}}


def holders_answer(
    request: HttpRequest,
    unit: PropertyUnit,
    *,
    reader: Reader,
    on: date,
    known: datetime | None = None,
) -> dict[str, Any]:
    """`holders` for those whose office sees them, and the look is recorded; past ones only for fewer."""
    right, party = reader.fields("right"), reader.fields("party")
    if "holder" not in right or "full_name" not in party:
        return {}
    if (on < reader.today or known is not None) and "former_holders" not in right:
        return {}
    holders = holders_of(unit, on=on, known=known)
    log_access(
        municipality=reader.municipality,
        actor=request.user,
        action="view_holders",
        query=str(unit.pk),
        found=len(holders),
        purpose="consulta del predio por la API",
    )
    return {"holders": [_holder(holder, reader, right, party) for holder in holders]}


def _holder(
    holder: Holding, reader: Reader, right: frozenset[str], party: frozenset[str]
) -> dict[str, Any]:
    told: dict[str, Any] = {"full_name": holder.full_name}
    if "cedula" in party:
        told |= {"id_kind": holder.id_kind, "id_number": holder.id_number}
    elif reader.sees_masked("party", "cedula"):
        told |= {"id_kind": holder.id_kind, "id_number": masked(holder.id_number)}
    if "tenure" in right:
        told["tenure"] = holder.tenure
    if "share" in right:
        told["share"] = holder.share
    return told


def _buildings(facts: PropertyFacts, granted: frozenset[str]) -> list[dict[str, Any]]:
    return [
        {field: getattr(building, field) for field in _BUILDING_FIELDS if field in granted}
        for building in facts.buildings
    ]


def _zone(facts: PropertyFacts) -> dict[str, str] | None:
    if facts.zone_code is None:
        return None
    unit = "USD/ha" if facts.zone_kind == "RURAL" else "USD/m2"
    return {"code": facts.zone_code, "value": str(facts.zone_value), "unit": unit}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)

"""GET /api/<m>/parcels/<key>: the facts of one predio."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from cadastre.models import PropertyUnit
from cadastre.queries.fate import fate_of
from cadastre.queries.properties import check_in_register, find_property, property_facts
from gis_project.portal.api.answers import answers
from gis_project.portal.api.parameters import (
    GeometryCrs,
    KnownAt,
    MunicipalityName,
    OnDay,
    PredioKey,
)
from gis_project.portal.api.parcel_answer import (
    ended_answer,
    holders_answer,
    parcel_answer,
    value_answer,
)
from gis_project.portal.api.parcel_schema import PARCEL_EXAMPLE, ParcelOut
from gis_project.portal.api.reader import admitted_reader, check_may_ask_known
from gis_project.territory.queries.named_municipality import named_municipality

router = Router(tags=["predios"])


@router.get(
    "/{municipality}/parcels/{key}",
    response=ParcelOut,
    exclude_unset=True,
    operation_id="parcel",
    summary="Un predio",
    openapi_extra=answers(PARCEL_EXAMPLE, has_known=True),
)
def parcel(
    request: HttpRequest,
    municipality: MunicipalityName,
    key: PredioKey,
    on: OnDay = None,
    known: KnownAt = None,
    crs: GeometryCrs = "4326",
) -> dict[str, Any]:
    """Datos públicos de un predio y, para quien por su cargo los ve, avalúo y titulares.

    Sin cargo en el municipio se cuentan las consultas. Áreas y montos van como texto. `on` pregunta qué era verdad un
    día; `known`, qué sabía el catastro en un instante (entonces no se dice el avalúo). De un predio dado de baja se
    dice desde cuándo, por qué acto y qué predios lo siguen.
    """
    place = named_municipality(municipality)
    reader = admitted_reader(request, place, resource="value", field="assessed_value")
    check_may_ask_known(reader, known)
    day = on or reader.today
    unit = find_property(municipality=place, text=key, on=day, known=known)
    facts = property_facts(unit, on=day, known=known)
    check_in_register(facts)
    told = parcel_answer(facts, reader=reader, on=day, srid=int(crs))
    if known is not None:
        told["known"] = known
    else:
        told |= value_answer(unit, facts, reader=reader, on=day)
    if facts.state == PropertyUnit.State.RETIRED:
        told |= ended_answer(fate_of(unit, on=day, known=known), place=place)
    return told | holders_answer(request, unit, reader=reader, on=day, known=known)

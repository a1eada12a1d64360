"""GET /api/<m>/parcels/<key>: the facts of one predio."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from cadastre.queries.properties import PropertyFacts, find_property, property_facts
from gis_project.core.errors import NotFound
from gis_project.portal.api.answers import answers
from gis_project.portal.api.parameters import GeometryCrs, MunicipalityName, OnDay, PredioKey
from gis_project.portal.api.parcel_answer import holders_answer, parcel_answer, value_answer
from gis_project.portal.api.parcel_schema import PARCEL_EXAMPLE, ParcelOut
from gis_project.portal.api.reader import admitted_reader
from gis_project.territory.queries.named_municipality import named_municipality

router = Router(tags=["predios"])


class NotInRegisterThen(NotFound):
    """The register does not know this predio on that day: ask without `on`, or for a later day."""

    code = "not_in_register_then"


@router.get(
    "/{municipality}/parcels/{key}",
    response=ParcelOut,
    exclude_unset=True,
    operation_id="parcel",
    summary="Un predio",
    openapi_extra=answers(PARCEL_EXAMPLE),
)
def parcel(
    request: HttpRequest,
    municipality: MunicipalityName,
    key: PredioKey,
    on: OnDay = None,
    crs: GeometryCrs = "4326",
) -> dict[str, Any]:
    """Datos públicos de un predio y, para quien por su cargo los ve, avalúo y titulares.

    Sin cargo en el municipio se cuentan las consultas. Áreas y montos van como texto.
    """
    place = named_municipality(municipality)
    reader = admitted_reader(request, place, resource="value", field="assessed_value")
    day = on or reader.today
    unit = find_property(municipality=place, text=key, on=day)
    facts = property_facts(unit, on=day)
    _check_known(facts, unit_has_ground=unit.parcel_id is not None)
    told = parcel_answer(facts, reader=reader, on=day, srid=int(crs))
    told |= value_answer(unit, facts, reader=reader, on=day)
    return told | holders_answer(request, unit, reader=reader, on=day)


def _check_known(facts: PropertyFacts, *, unit_has_ground: bool) -> None:
    if facts.key is None or (unit_has_ground and facts.valid_from is None):
        raise NotInRegisterThen(
            "El catastro no conoce este predio en esa fecha. "
            "Pregunte sin «on», o por una fecha posterior."
        )

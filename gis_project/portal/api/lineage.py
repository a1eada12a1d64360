"""GET /api/<m>/parcels/<key>/lineage and lineage.svg: where a predio came from and what became of it."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from ninja import Router

from cadastre.queries.lineage import GENERATIONS_AT_MOST, NODES_AT_MOST, Lineage, lineage_of
from cadastre.queries.lineage_acts import LineageAct
from cadastre.queries.lineage_nodes import LineageNode
from cadastre.queries.properties import check_in_register, find_property, property_facts
from gis_project.core.errors import NotFound
from gis_project.portal.api.answers import answers
from gis_project.portal.api.lineage_schema import LINEAGE_EXAMPLE, LineageOut
from gis_project.portal.api.parameters import KnownAt, MunicipalityName, OnDay, PredioKey
from gis_project.portal.api.reader import admitted_reader, check_may_ask_known
from gis_project.portal.lineage_drawing import draw_lineage
from gis_project.territory.models import Municipality
from gis_project.territory.queries.named_municipality import named_municipality

router = Router(tags=["predios"])


class NoLineage(NotFound):
    """The predio has no ground on the map, and lineage is that of the ground: register its geometry first."""

    code = "no_lineage"


@router.get(
    "/{municipality}/parcels/{key}/lineage",
    response=LineageOut,
    operation_id="lineage",
    summary="De dónde vino un predio y qué fue de él",
    openapi_extra=answers(LINEAGE_EXAMPLE, has_known=True),
)
def lineage(
    request: HttpRequest,
    municipality: MunicipalityName,
    key: PredioKey,
    on: OnDay = None,
    known: KnownAt = None,
) -> dict[str, Any]:
    """Antecesores y descendientes con sus actos, documentos y asientos de áreas, que suman cero.

    `on` da la filiación de un día; `known`, la que el catastro conocía en un instante. No nombra a nadie.
    """
    place, found = _asked(request, municipality, key, on, known)
    return lineage_answer(found, place=place)


@router.get(
    "/{municipality}/parcels/{key}/lineage.svg",
    operation_id="lineage_drawing",
    summary="La filiación de un predio, dibujada",
    openapi_extra={
        "responses": {200: {"content": {"image/svg+xml": {"schema": {"type": "string"}}}}}
    },
)
def lineage_drawing(
    request: HttpRequest,
    municipality: MunicipalityName,
    key: PredioKey,
    on: OnDay = None,
    known: KnownAt = None,
) -> HttpResponse:
    """El mismo grafo como SVG: los años en columnas, cada predio con su clave y su área, cada acto con su fecha."""
    place, found = _asked(request, municipality, key, on, known)
    with translation.override("es"):
        drawn = render_to_string(
            "portal/parts/lineage.svg",
            {"drawing": draw_lineage(found), "lineage": found, "municipality": place},
        )
    return HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")


def lineage_answer(found: Lineage, *, place: Municipality) -> dict[str, Any]:
    """The graph as JSON values."""
    return {
        "municipality": place.slug,
        "on": found.on,
        "known": found.known,
        "subject": str(found.subject),
        "key": found.node(found.subject).key,
        "is_whole": found.is_whole,
        "generations_at_most": GENERATIONS_AT_MOST,
        "nodes_at_most": NODES_AT_MOST,
        "nodes": [_node(node, place) for node in found.nodes],
        "edges": [
            {
                "parent": str(edge.parent),
                "child": str(edge.child),
                "act": str(edge.operation_id),
            }
            for edge in found.edges
        ],
        "acts": [_act(act) for act in found.acts],
    }


def _asked(
    request: HttpRequest,
    municipality: str,
    key: str,
    on: date | None,
    known: datetime | None,
) -> tuple[Municipality, Lineage]:
    place = named_municipality(municipality)
    reader = admitted_reader(request, place)
    check_may_ask_known(reader, known)
    day = on or reader.today
    unit = find_property(municipality=place, text=key, on=day, known=known)
    if unit.parcel_id is None:
        raise NoLineage("El predio no tiene terreno en el mapa, y la filiación es del terreno.")
    check_in_register(property_facts(unit, on=day, known=known))
    return place, lineage_of(unit.parcel_id, municipality=place, on=day, known=known)


def _node(node: LineageNode, place: Municipality) -> dict[str, Any]:
    page = reverse("property_history", args=[place.slug, node.key]) if node.key else None
    return {
        "parcel": str(node.parcel_id),
        "unit": str(node.unit_id) if node.unit_id else None,
        "key": node.key,
        "keys": list(node.keys),
        "area_m2": str(node.area_m2) if node.area_m2 is not None else None,
        "valid_from": node.valid_from,
        "valid_to": node.valid_to,
        "state": node.state,
        "ended_by": str(node.ended_by) if node.ended_by else None,
        "generation": node.generation,
        "goes_on": node.goes_on,
        "page": settings.PUBLIC_URL + page if page else None,
    }


def _act(act: LineageAct) -> dict[str, Any]:
    return {
        "id": str(act.operation_id),
        "verb": act.verb,
        "title": act.title,
        "valid_from": act.valid_from,
        "recorded_at": act.recorded_at,
        "documents": [
            {
                "kind": document.kind,
                "title": document.label,
                "number": document.number,
                "issued_on": document.issued_on,
            }
            for document in act.documents
        ],
        "ledger": [
            {
                "parcel": str(line.parcel_id) if line.parcel_id else None,
                "key": line.key,
                "kind": line.kind,
                "title": line.label,
                "area_m2": str(line.area_m2),
            }
            for line in act.ledger
        ],
        "ledger_sum_m2": f"{act.ledger_sum:.7f}",
    }

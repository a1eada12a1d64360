"""Components of the OpenAPI description: shared parameters, answers, schemas."""

from typing import Any

from layers.features.published_crs import CRS84, PUBLISHED_CRS
from layers.ogc.items_request import DEFAULT_LIMIT, MAX_LIMIT
from layers.ogc.negotiation import FORMATS

_CRS_SCHEMA = {
    "type": "string",
    "format": "uri",
    "enum": [crs.uri for crs in PUBLISHED_CRS],
    "default": CRS84.uri,
}
_BOX_SCHEMA = {
    "type": "array",
    "items": {"type": "number"},
    "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
}


def _query(name: str, description: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
        "style": "form",
        "explode": False,
        **more,
    }


_PARAMETERS = {
    "f": _query("f", "Formato de la respuesta.", {"type": "string", "enum": list(FORMATS)}),
    "limit": _query(
        "limit",
        "Cuántos elementos trae una página a lo sumo; lo que pase del máximo se baja a él.",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    ),
    "bbox": _query(
        "bbox",
        "Caja que los elementos tocan: mínimos y máximos en el orden de ejes de bbox-crs.",
        _BOX_SCHEMA,
    ),
    "bbox-crs": _query("bbox-crs", "Sistema de coordenadas de bbox.", _CRS_SCHEMA),
    "crs": _query("crs", "Sistema de coordenadas de la respuesta.", _CRS_SCHEMA),
    "datetime": _query(
        "datetime",
        "Instante o intervalo RFC 3339 en que los elementos estuvieron vigentes; «..» deja un extremo "
        "abierto. Sin él, lo vigente hoy.",
        {"type": "string"},
    ),
    "cursor": _query(
        "cursor",
        "Dónde sigue la página: se toma del enlace «next», sin cambiarlo.",
        {"type": "string", "minLength": 32, "maxLength": 32},
    ),
    "numberMatched": _query(
        "numberMatched",
        "true: contar siempre; false: no contar. Sin él se cuenta en la primera página mientras cueste poco.",
        {"type": "boolean"},
    ),
    "featureId": {
        "name": "featureId",
        "in": "path",
        "required": True,
        "description": "Identificador permanente.",
        "schema": {"type": "string", "format": "uuid"},
    },
}


def parameter(name: str) -> dict[str, str]:
    """A reference to a shared parameter."""
    return {"$ref": f"#/components/parameters/{name}"}


def answer(media_type: str, schema: str) -> dict[str, Any]:
    """The good answer, as ``media_type`` or as a page."""
    return {
        "description": "La respuesta.",
        "content": {
            media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}},
            "text/html": {"schema": {"type": "string"}},
        },
    }


def _fault(description: str) -> dict[str, Any]:
    problem = {"schema": {"$ref": "#/components/schemas/problem"}}
    return {"description": description, "content": {"application/problem+json": problem}}


FAULTS = {
    "400": {"$ref": "#/components/responses/BadRequest"},
    "404": {"$ref": "#/components/responses/NotFound"},
    "503": {"$ref": "#/components/responses/Busy"},
}
_LINKS = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
_FEATURE = {
    "type": "object",
    "required": ["type", "id", "geometry", "properties"],
    "properties": {
        "type": {"type": "string", "enum": ["Feature"]},
        "id": {"type": "string", "format": "uuid"},
        "geometry": {"type": "object", "nullable": True},
        "properties": {"type": "object", "nullable": True},
        "links": _LINKS,
    },
}
_FEATURE_COLLECTION = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "features": {"type": "array", "items": {"$ref": "#/components/schemas/feature"}},
        "links": _LINKS,
        "timeStamp": {"type": "string", "format": "date-time"},
        "numberMatched": {"type": "integer", "minimum": 0},
        "numberReturned": {"type": "integer", "minimum": 0},
    },
}
_PROBLEM = {
    "type": "object",
    "required": ["title", "status", "detail", "code"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
    },
}
_LINK = {
    "type": "object",
    "required": ["href", "rel"],
    "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title")},
}

COMPONENTS: dict[str, Any] = {
    "parameters": _PARAMETERS,
    "responses": {
        "BadRequest": _fault("La petición no se entiende; el texto dice qué corregir."),
        "NotFound": _fault("No existe."),
        "Gone": _fault("El elemento dejó de estar vigente."),
        "Busy": _fault("El servicio no alcanzó a responder; Retry-After dice cuándo volver."),
    },
    "schemas": {
        "object": {"type": "object"},
        "link": _LINK,
        "feature": _FEATURE,
        "featureCollection": _FEATURE_COLLECTION,
        "problem": _PROBLEM,
    },
}

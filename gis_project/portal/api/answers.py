"""What the OpenAPI description says of answers: an example, and refusals as problem+json with a stable `code`."""

from typing import Any

_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "instance"],
    "properties": {
        "type": {"type": "string", "description": "urn:lindero:error: y el código"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "qué pasó y qué hacer, en español"},
        "code": {"type": "string", "description": "estable, para programas"},
        "instance": {"type": "string", "description": "el número de la solicitud, para soporte"},
        "details": {"description": "datos del rechazo, según el código"},
    },
}
_MEANING = {
    400: "La solicitud no se puede leer: parámetro desconocido, fecha que no es AAAA-MM-DD.",
    403: "Lo que el catastro sabía en un instante (`known`) lo pregunta solo quien tiene cargo ahí.",
    404: "No existe, o no se publica en ese municipio: la respuesta es la misma.",
    422: "Se entiende, pero no se admite: por ejemplo, un instante que aún no llega.",
    429: "Demasiadas consultas seguidas: espere los segundos que dice Retry-After.",
}
_EXAMPLES = {
    400: ("Bad Request", "bad_request", "La solicitud no tiene la forma que se espera."),
    403: ("Forbidden", "not_allowed", "Su nombramiento no permite ver el catastro aquí."),
    404: ("Not Found", "property_not_found", "No hay un predio con esa clave o ese número."),
    422: ("Unprocessable Entity", "not_yet_known", "Ese instante aún no llega."),
    429: ("Too Many Requests", "too_many_requests", "Demasiadas consultas seguidas."),
}


# Only where an official may ask what was known at an instant.
_OF_KNOWN = (403, 422)


def answers(example: dict[str, Any], *, has_known: bool = False) -> dict[str, Any]:
    """`openapi_extra` of an operation: an example of what it answers, and its refusals.

    `has_known`: whether it takes `known`, which officials alone may ask and only of the past.
    """
    good = {"content": {"application/json": {"example": example}}}
    refusals = [status for status in _MEANING if has_known or status not in _OF_KNOWN]
    return {"responses": {200: good, **{status: _response(status) for status in refusals}}}


def _response(status: int) -> dict[str, Any]:
    title, code, detail = _EXAMPLES[status]
    example = {
        "type": f"urn:lindero:error:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "instance": "urn:request:5f0c2d7e9a1b4c3d8e6f7a0b1c2d3e4f",
    }
    content = {"application/problem+json": {"schema": _SCHEMA, "example": example}}
    return {"description": _MEANING[status], "content": content}

"""Requests that no honest client sends are refused before anything reads them."""

from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest

from gis_project.core.errors import BadRequest

MAX_QUERY_BYTES = 8 * 1024
MAX_PARAMETERS = 100


class MalformedRequest(BadRequest):
    """A repeated parameter, a NUL, broken UTF-8 or too long a query: correct the address."""

    code = "malformed_request"


class PayloadTooLarge(BadRequest):
    """The body is larger than this server takes: send a smaller file."""

    code = "payload_too_large"


class UnsupportedMedia(BadRequest):
    """Compressed request bodies are not taken: send it plain."""

    code = "unsupported_media"


def check_query(request: HttpRequest) -> None:
    """Refuse NUL, broken UTF-8, too many or repeated parameters (in any case of letters)."""
    raw = request.META.get("QUERY_STRING", "")
    if len(raw) > MAX_QUERY_BYTES:
        raise MalformedRequest("La consulta es demasiado larga.")
    if "\0" in request.path or "�" in request.path:
        raise MalformedRequest("La dirección contiene caracteres que no se admiten.")
    try:
        pairs = parse_qsl(
            raw, keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS
        )
    except ValueError as error:
        raise MalformedRequest("La consulta no es UTF-8 o tiene demasiados parámetros.") from error
    seen: set[str] = set()
    for name, value in pairs:
        if "\0" in name or "\0" in value:
            raise MalformedRequest("La consulta contiene un carácter nulo.")
        if name.lower() in seen:
            raise MalformedRequest(
                "Un parámetro está repetido: escríbalo una sola vez.",
                details={"parameter": name[:40]},
            )
        seen.add(name.lower())


def check_body(request: HttpRequest) -> None:
    """Refuse what is announced as too large, of no readable length, or compressed."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit():
        raise MalformedRequest("El largo del contenido no es un número.")
    if int(length) > settings.MAX_BODY_BYTES:
        raise PayloadTooLarge("El envío es demasiado grande para este servidor.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMedia("Envíe el contenido sin comprimir.")

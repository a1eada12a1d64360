"""A Fault as the client wants to hear it: XML, a picture with the text, or an empty picture."""

from http import HTTPStatus

from django.http import HttpResponse
from django.template.loader import render_to_string

from layers.render.client import RenderFailed, RenderTooSlow, RenderUnavailable, draw
from layers.render.jobs import MessageJob
from layers.wms.faults import Fault
from layers.wms.parameters import Parameters
from layers.wms.picture import read_canvas
from layers.wms.room import place_to_wait
from layers.wms.versions import V111, V130, VERSIONS, Version

_BLANK = {"BLANK", "application/vnd.ogc.se_blank"}
_IN_IMAGE = {"INIMAGE", "application/vnd.ogc.se_inimage"}


def fault_response(fault: Fault, parameters: Parameters) -> HttpResponse:
    """A picture with status 200 when EXCEPTIONS asks for one and one can be drawn; else XML with the status."""
    response = _as_picture(fault, parameters) or _as_xml(fault, parameters)
    response["Cache-Control"] = "no-store"
    if fault.retry_after is not None:
        response["Retry-After"] = str(fault.retry_after)
    return response


def _as_picture(fault: Fault, parameters: Parameters) -> HttpResponse | None:
    wanted = parameters.text("EXCEPTIONS")
    if wanted not in _BLANK | _IN_IMAGE or parameters.text("REQUEST").lower() != "getmap":
        return None
    try:
        canvas = read_canvas(parameters)
        with place_to_wait():
            picture = draw(MessageJob("" if wanted in _BLANK else fault.message, canvas))
    except (Fault, RenderUnavailable, RenderTooSlow, RenderFailed):
        return None  # without a canvas, a place or a renderer the same fault is said in words
    return HttpResponse(picture.body, content_type=picture.media_type, status=HTTPStatus.OK)


def _as_xml(fault: Fault, parameters: Parameters) -> HttpResponse:
    version = _version(parameters)
    body = render_to_string(
        f"layers/wms/exception_{version.number.replace('.', '_')}.xml",
        {"fault": fault, "message": _printable(fault.message)},
    )
    return HttpResponse(
        body, content_type=f"{version.exception_type}; charset=utf-8", status=fault.status
    )


def _version(parameters: Parameters) -> Version:
    asked = parameters.text("VERSION") or parameters.text("WMTVER")
    return VERSIONS.get(asked, V111 if asked.startswith(("1.0", "1.1")) else V130)


def _printable(text: str) -> str:
    """Without the characters that XML cannot carry; they came from the client."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)

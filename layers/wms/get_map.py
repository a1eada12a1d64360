"""GetMap and GetLegendGraphic: requests that are answered with a picture."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language

from layers.ogc.scope import Scope
from layers.render.client import Picture
from layers.render.jobs import Canvas, LegendJob
from layers.wms.drawn import drawn
from layers.wms.map_request import read_map_request
from layers.wms.offer import chosen_layer, chosen_style
from layers.wms.parameters import Parameters, finite_number
from layers.wms.picture import read_background, read_format
from layers.wms.versions import stated_version

_MAP_FRESH_S = 60
_LEGEND_FRESH_S = 3600


def get_map(request: HttpRequest, parameters: Parameters, scope: Scope) -> HttpResponse:
    asked = read_map_request(parameters, stated_version(parameters), scope)
    return _answer(request, drawn(asked.as_job()), fresh_s=_MAP_FRESH_S)


def get_legend_graphic(request: HttpRequest, parameters: Parameters, scope: Scope) -> HttpResponse:
    """The operation of the SLD profile that every client knows; SCALE leaves out what is not drawn there."""
    chosen = chosen_layer(parameters.required("LAYER"), scope)
    style = chosen_style(chosen.layer, parameters.text("STYLE"))
    legend_format = read_format(parameters.text("FORMAT") or "image/png")
    scale = parameters.text("SCALE")
    job = LegendJob(
        layer=chosen.layer.name,
        style=style.name,
        language="en" if (get_language() or "").startswith("en") else "es",
        canvas=Canvas(
            width=1,  # it grows to its content
            height=1,
            format=legend_format,
            is_transparent=parameters.flag("TRANSPARENT") and legend_format != "jpeg",
            background=read_background(parameters),
        ),
        scale=finite_number(scale, name="SCALE") if scale else None,
    )
    return _answer(request, drawn(job), fresh_s=_LEGEND_FRESH_S)


def _answer(request: HttpRequest, picture: Picture, *, fresh_s: int) -> HttpResponse:
    tag = f'"{hashlib.blake2b(picture.body, digest_size=12).hexdigest()}"'
    asked = {
        name.strip().removeprefix("W/")
        for name in request.headers.get("If-None-Match", "").split(",")
    }
    response: HttpResponse
    if tag in asked or "*" in asked:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(picture.body, content_type=picture.media_type)
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={fresh_s}"
    return response

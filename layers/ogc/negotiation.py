"""Which representation a client gets: the parameter ``f`` decides, then the Accept header, then JSON."""

from collections.abc import Mapping

from django.http import HttpRequest

from layers.ogc.parameters import BadParameter

FORMATS = ("json", "html")
GEOJSON = "application/geo+json"
JSON = "application/json"
HTML = "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"


def wants_html(request: HttpRequest, parameters: Mapping[str, str]) -> bool:
    """Whether to answer with a page."""
    asked = parameters.get("f")
    if asked is None:
        return _accepts_html_first(request)
    if asked not in FORMATS:
        raise BadParameter(f"No hay formato «{asked[:20]}»: f es json o html.")
    return asked == "html"


def _accepts_html_first(request: HttpRequest) -> bool:
    return request.get_preferred_type([JSON, GEOJSON, HTML, "application/xhtml+xml"]) in {
        HTML,
        "application/xhtml+xml",
    }

"""A document of OGC API as JSON, or as a page that shows the same."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from layers.ogc.scope import Scope


def as_json(document: dict[str, Any], *, media_type: str = "application/json") -> HttpResponse:
    """The document in the given media type, links also as headers."""
    response = HttpResponse(json.dumps(document, ensure_ascii=False), content_type=media_type)
    if "links" in document:
        response["Link"] = link_header(document["links"])
    return response


def as_page(
    request: HttpRequest, template: str, scope: Scope, *crumbs: tuple[str, str], **context: Any
) -> HttpResponse:
    """The page ``layers/ogc/<template>.html`` in the dress of the portal, with the way that led to it.

    ``crumbs`` are label and path below the landing page; the last one is the page itself.
    """
    home = scope.municipality.name if scope.municipality else _("Inicio")
    data = (_("Datos geográficos"), "/ogc/")
    way = [(home, f"{scope.root}/")]
    way += [(label, scope.url(path, f="html")) for label, path in (data, *crumbs)]
    way[-1] = (way[-1][0], "")
    shown = {"scope": scope, "municipality": scope.municipality, "trail": way, **context}
    return render(request, f"layers/ogc/{template}.html", shown)


def link(
    href: str, rel: str, media_type: str | None = None, title: str | None = None
) -> dict[str, str]:
    """A link object."""
    shown = {"href": href, "rel": rel, "type": media_type, "title": title}
    return {name: value for name, value in shown.items() if value is not None}


def link_header(links: list[dict[str, str]]) -> str:
    """RFC 8288; titles stay in the body, since they are not ASCII."""
    return ", ".join(
        f'<{entry["href"]}>; rel="{entry["rel"]}"'
        + (f'; type="{entry["type"]}"' if "type" in entry else "")
        for entry in links
    )

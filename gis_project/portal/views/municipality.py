"""A municipality's portal: one search box, its results, the map."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cadastre.queries.map_extent import town_extent
from cadastre.queries.search import search_properties
from cadastre.queries.search_examples import search_examples
from gis_project.portal.boundary import AROUND_A_TOWN, map_extent
from gis_project.portal.municipality_of import municipality_or_404
from gis_project.portal.pages_of_results import page_number, page_turns
from gis_project.territory.addresses import client_address
from gis_project.territory.clock import today_in
from gis_project.territory.rate_limit import PUBLIC_SEARCH, check_rate

PAGE_SIZE = 20


@require_safe
def municipality_page(request: HttpRequest, municipality: str) -> HttpResponse:
    """The portal; with `?q=` its results, and straight to the property when there is only one."""
    place = municipality_or_404(municipality)
    trail = [(_("Municipios"), reverse("start")), (place.name, None)]
    examples = search_examples(place, on=today_in(place))
    context = {
        "municipality": place,
        "trail": trail,
        "parishes": place.parishes.all(),
        "examples": examples,
    }
    text = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    if not text:
        box = town_extent(place)
        extent = box and map_extent(box, margin=AROUND_A_TOWN)
        return render(request, "portal/municipality.html", context | {"extent": extent})
    if not request.user.is_authenticated:
        check_rate(PUBLIC_SEARCH, client_address(request))
    page = page_number(request)
    found = search_properties(
        municipality=place,
        text=text,
        on=today_in(place),
        limit=PAGE_SIZE,
        offset=(page - 1) * PAGE_SIZE,
    )
    if found.matched == 1 and (address := found.properties[0].key or found.properties[0].number):
        return redirect("property", place.slug, address)
    here = f"{reverse('municipality', args=[place.slug])}?{urlencode({'q': text})}"
    turns = page_turns(here, page=page, size=PAGE_SIZE, matched=found.matched)
    context |= {"text": text, "found": found, **turns}
    return render(request, "portal/municipality.html", context)

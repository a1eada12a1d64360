"""The page of one property: public facts for everyone, holders for those whose office needs them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cadastre.queries.properties import find_property, property_facts
from gis_project.portal.audience import what_is_seen
from gis_project.portal.municipality_of import municipality_or_404
from gis_project.portal.papers_of import may_work_with_papers
from gis_project.portal.property_page import ground_context, holders_context, money_context
from gis_project.territory.clock import today_in
from gis_project.territory.policy import can


@require_safe
def property_page(request: HttpRequest, municipality: str, key: str) -> HttpResponse:
    """One predio at its permalink; older keys and other spellings lead to the key of today."""
    place = municipality_or_404(municipality)
    on = today_in(place)
    unit = find_property(municipality=place, text=key)
    facts = property_facts(unit, on=on)
    if facts.key and (facts.key, place.slug) != (key, municipality):
        return redirect("property", place.slug, facts.key)
    here = facts.number or facts.key
    trail = [
        (_("Municipios"), reverse("start")),
        (place.name, reverse("municipality", args=[place.slug])),
        (_("Predio %s") % here, None),
    ]
    sees = what_is_seen(request, municipality=place, on=on)
    context = {"municipality": place, "facts": facts, "trail": trail, "sees": sees}
    context["issues_papers"] = may_work_with_papers(request.user, municipality=place, on=on)
    context["may_act"] = can(request.user, "edit_parcels", municipality=place, on=on)
    context |= ground_context(place, facts, on=on)
    context |= money_context(request, place, unit, facts, sees, on=on)
    context |= holders_context(request, place, unit, sees, on=on)
    return render(request, "portal/property.html", context)

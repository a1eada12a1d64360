"""The page of one property: public facts for everyone, holders for those whose office needs them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cadastre.queries.fate import fate_of
from cadastre.queries.properties import check_in_register, find_property, property_facts
from gis_project.portal.audience import what_is_seen
from gis_project.portal.day_asked import day_asked
from gis_project.portal.municipality_of import municipality_or_404
from gis_project.portal.papers_of import may_work_with_papers
from gis_project.portal.property_page import ground_context, holders_context, money_context
from gis_project.territory.clock import today_in
from gis_project.territory.policy import can


@require_safe
def property_page(request: HttpRequest, municipality: str, key: str) -> HttpResponse:
    """One predio at its permalink; older keys and other spellings lead to the key of today.

    `?on=` shows it as it was on a day. One that was retired is shown as it was on its last day, with what became of it.
    """
    place = municipality_or_404(municipality)
    today, day = today_in(place), day_asked(request, place)
    asks_day = bool(request.GET.get("on"))
    unit = find_property(municipality=place, text=key, on=day if asks_day else None)
    facts = property_facts(unit, on=day)
    fate = fate_of(unit, on=day) if facts.key is None else None
    if fate is not None:
        facts = property_facts(unit, on=fate.last_day)
    check_in_register(facts)
    if fate is None and not asks_day and (facts.key, place.slug) != (key, municipality):
        return redirect("property", place.slug, facts.key)
    facts_on = fate.last_day if fate else day
    here = facts.number or facts.key
    trail = [
        (_("Municipios"), reverse("start")),
        (place.name, reverse("municipality", args=[place.slug])),
        (_("Predio %s") % here, None),
    ]
    sees = what_is_seen(request, municipality=place, on=today)
    is_today = facts_on == today
    shows_money = is_today or (fate is not None and not sees.is_public)
    context = {"municipality": place, "facts": facts, "trail": trail, "sees": sees}
    context |= {"fate": fate, "shown_key": facts.key, "facts_on": facts_on, "today": today}
    context |= {"is_today": is_today, "is_past": not is_today}
    context["shows_money"] = shows_money
    context["issues_papers"] = may_work_with_papers(request.user, municipality=place, on=today)
    context["may_receive"] = can(request.user, "receive_procedures", municipality=place, on=today)
    context["may_act"] = can(request.user, "edit_parcels", municipality=place, on=today)
    context |= ground_context(place, facts, on=facts_on)
    if shows_money:
        context |= money_context(request, place, unit, facts, sees, on=today)
    if is_today or "former_holders" in sees.right:
        context |= holders_context(request, place, unit, sees, on=facts_on)
    return render(request, "portal/property.html", context)

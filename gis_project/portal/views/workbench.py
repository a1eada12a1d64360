"""The officials' desk: one search for predios and for the people who hold them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gis_project.portal.audience import what_is_seen
from gis_project.portal.counter_search import search_counter
from gis_project.portal.property_page import PURPOSE
from gis_project.portal.workbench_form import WorkbenchSearch
from gis_project.territory.clock import today_in
from gis_project.territory.policy import can, check_can, municipality_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("text")
def workbench(request: HttpRequest, municipality: str) -> HttpResponse:
    """The search and its results. By POST, so that no cédula stands in an address, a log or a history."""
    place = municipality_for(request.user, municipality, on=timezone.localdate())
    on = today_in(place)
    sees_people = can(request.user, "search_people", municipality=place, on=on)
    if not sees_people:
        check_can(request.user, "view_register", municipality=place, on=on)
    remembered = {"purpose": request.session.get(PURPOSE, "")}
    form = WorkbenchSearch(request.POST or None, initial=remembered)
    trail = [(place.name, reverse("municipality", args=[place.slug])), (_("Ventanilla"), None)]
    context: dict[str, Any] = {"municipality": place, "form": form, "trail": trail}
    context["may_collect"] = any(
        can(request.user, one, municipality=place, on=on)
        for one in ("collect_payments", "view_tax")
    )
    if request.method == "POST" and form.is_valid():
        request.session[PURPOSE] = form.cleaned_data["purpose"]
        found = search_counter(
            municipality=place,
            actor=request.user,
            sees_people=sees_people,
            on=on,
            **form.cleaned_data,
        )
        context |= {"found": found, "searched": True}
        context["sees"] = what_is_seen(request, municipality=place, on=on)
    return render(request, "portal/workbench.html", context)

"""The page of a predio's households: read and asked anew by those who may, and shown nowhere else."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cadastre.models import PropertyUnit
from cadastre.operations.deed.filing import Filing
from cadastre.operations.update_households import update_households
from cadastre.queries.household_record import household_record
from cadastre.queries.properties import find_property, property_facts
from gis_project.core.errors import DomainError, NotAllowed, NotFound
from gis_project.portal.act_on import ActOn
from gis_project.portal.households_form import HouseholdsForm
from gis_project.portal.property_page import PURPOSE
from gis_project.territory.clock import today_in
from gis_project.territory.policy import can, municipality_for, person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def households(request: HttpRequest, municipality: str, key: str) -> HttpResponse:
    """What is known, each look recorded; by POST the answers of a new visit take its place."""
    place = municipality_for(request.user, municipality, on=timezone.localdate())
    on = today_in(place)
    unit = find_property(municipality=place, text=key)
    by: Any = request.user
    purpose = request.session.get(PURPOSE) or "datos sociodemográficos del predio"
    known = household_record(unit, by=by, on=on, purpose=purpose)
    facts = property_facts(unit, on=on)
    if facts.ground is None:
        raise NotFound("El predio no tiene terreno en el catastro: incorpórelo primero.")
    may_write = can(request.user, "edit_parcels", municipality=place, on=on)
    form = HouseholdsForm(
        request.POST if request.method == "POST" and may_write else None,
        on=ActOn(place, unit, on),
        held=known.answers,
        land=facts.ground,
        initial={"revision": unit.revision},
    )
    if request.method == "POST" and may_write and form.is_valid():
        try:
            _write(form, unit, by=by)
        except NotAllowed:
            raise
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Los datos sociodemográficos quedaron guardados."))
            return redirect("households", place.slug, key)
    trail = [
        (place.name, reverse("municipality", args=[place.slug])),
        (_("Predio %s") % (facts.number or key), reverse("property", args=[place.slug, key])),
        (_("Datos sociodemográficos"), None),
    ]
    context = {
        "municipality": place,
        "trail": trail,
        "facts": facts,
        "form": form,
        "since": known.since,
        "may_write": may_write,
    }
    return render(request, "portal/acts/households.html", context)


def _write(form: HouseholdsForm, unit: PropertyUnit, *, by: Any) -> None:
    told = form.cleaned_data
    with transaction.atomic():
        document = form.document()
        if document is not None:
            document.typed_by = person(by)
            document.save()
        filing = Filing(
            by=by,
            reason=told["reason"],
            sources=[document] if document is not None else (),
            revisions={unit.pk: told["revision"]},
        )
        update_households(unit=unit, answers=form.told(), filing=filing)

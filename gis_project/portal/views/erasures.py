"""The data-protection officer's page: what keeps a person's data, and their erasure."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cadastre.models import PartyErasure
from cadastre.operations.erase_person import erase_person, person_of
from gis_project.core.errors import DomainError, NotAllowed
from gis_project.core.identification import check_identity
from gis_project.territory.clock import today_in
from gis_project.territory.policy import can, check_can, municipality_for

_SHOWN = 50


class ErasureForm(forms.Form):
    document = forms.CharField(
        label=gettext_lazy("Cédula, RUC o pasaporte"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(label=gettext_lazy("Motivo"), max_length=300)
    legal_basis = forms.CharField(
        label=gettext_lazy("Base legal"),
        help_text=gettext_lazy("El artículo o la resolución que obliga a suprimir."),
        max_length=200,
    )
    request = forms.CharField(
        label=gettext_lazy("Solicitud del titular"), max_length=100, required=False
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("document")
def erasures(request: HttpRequest, municipality: str) -> HttpResponse:
    """`do=try` tells what stands in the way and what would change; `do=erase` erases."""
    place = municipality_for(request.user, municipality, on=timezone.localdate())
    on = today_in(place)
    may_erase = can(request.user, "erase_personal_data", municipality=place, on=on)
    # who watches over the accesses reads what was erased, and erases nothing
    if request.method == "POST" or not can(
        request.user, "view_access_log", municipality=place, on=on
    ):
        check_can(request.user, "erase_personal_data", municipality=place, on=on)
    form = ErasureForm(request.POST or None)
    tried = None
    by: Any = request.user
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        number = check_identity(told.pop("document")).normalised
        is_erased = request.POST.get("do") == "erase"
        try:
            party = person_of(number, municipality=place)
            tried = erase_person(party, by=by, dry_run=not is_erased, **told)
            if is_erased:
                messages.success(request, _("Los datos de la persona quedaron suprimidos."))
                return redirect("erasures", place.slug)
        except NotAllowed:
            raise
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    trail = [
        (place.name, reverse("municipality", args=[place.slug])),
        (_("Supresión de datos personales"), None),
    ]
    done = PartyErasure.objects.filter(municipality=place).select_related("erased_by")
    context = {
        "municipality": place,
        "form": form,
        "may_erase": may_erase,
        "tried": tried,
        "done": done.order_by("-erased_at")[:_SHOWN],
        "trail": trail,
    }
    return render(request, "portal/parties/erasures.html", context)

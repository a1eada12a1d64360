"""Officials' page: look a person up outside, read what came, and register the party."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cadastre.operations.deed.filing import Filing
from cadastre.operations.look_up_party import look_up_party
from cadastre.operations.register_party import register_party
from gis_project.core.errors import DomainError, NotAllowed
from gis_project.portal.party_form import PartyForm
from gis_project.portal.property_page import PURPOSE
from gis_project.territory.clock import today_in
from gis_project.territory.policy import check_can, municipality_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def new_party(request: HttpRequest, municipality: str) -> HttpResponse:
    """`do=look_up` asks the registry and fills the form; `do=register` registers what the official read."""
    place = municipality_for(request.user, municipality, on=timezone.localdate())
    check_can(request.user, "edit_parcels", municipality=place, on=today_in(place))
    remembered = {"purpose": request.session.get(PURPOSE, "")}
    form = PartyForm(request.POST or None, initial=remembered)
    found = None
    by: Any = request.user
    if request.method == "POST" and form.is_valid():
        purpose = request.session[PURPOSE] = form.cleaned_data["purpose"]
        try:
            if request.POST.get("do") == "look_up":
                document = form.cleaned_data["document"]
                found = look_up_party(document=document, municipality=place, by=by, purpose=purpose)
                form = form.filled_with(found.draft)
            else:
                filing = Filing(by=by, reason=purpose)
                done = register_party(municipality=place, party=form.party(), filing=filing)
                for note in done.notes:
                    messages.warning(request, note)
                messages.success(request, _("La persona quedó registrada."))
                return redirect("new_party", place.slug)
        except NotAllowed:
            raise
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    trail = [
        (place.name, reverse("municipality", args=[place.slug])),
        (_("Ventanilla"), reverse("workbench", args=[place.slug])),
        (_("Registrar una persona"), None),
    ]
    context = {"municipality": place, "form": form, "found": found, "trail": trail}
    return render(request, "portal/parties/new.html", context)

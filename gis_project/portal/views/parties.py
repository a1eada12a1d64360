"""Officials' page: look a person up outside, read what came, and register the person, company or group."""

from fractions import Fraction
from typing import Any
from uuid import UUID

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

from cadastre.models import Party
from cadastre.operations.deed.filing import Filing
from cadastre.operations.look_up_party import look_up_party
from cadastre.operations.register_party import NewMember, register_party
from gis_project.core.errors import DomainError, NotAllowed
from gis_project.portal.acquirers import find_acquirers, takers_told
from gis_project.portal.party_form import MOST_MEMBERS, PartyForm
from gis_project.portal.property_page import PURPOSE
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import check_can, municipality_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def new_party(request: HttpRequest, municipality: str) -> HttpResponse:
    """`do=look_up` asks the registry and fills the form; `do=register` registers what the official read.

    A check digit that does not fit is told first; the same document registered again enters.
    """
    place = municipality_for(request.user, municipality, on=timezone.localdate())
    check_can(request.user, "edit_parcels", municipality=place, on=today_in(place))
    do = request.POST.get("do", "")
    form = _form(request, do)
    found, doubts = None, []
    by: Any = request.user
    if request.method == "POST" and do in ("look_up", "register") and form.is_valid():
        purpose = request.session[PURPOSE] = form.cleaned_data["purpose"]
        try:
            if do == "look_up":
                document = form.cleaned_data["document"]
                found = look_up_party(document=document, municipality=place, by=by, purpose=purpose)
                form = form.filled_with(found.draft)
            elif doubts := form.doubts():
                form = _warned(form)
            else:
                for note in _registered(form, place, by):
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
    context = {
        "municipality": place,
        "form": form,
        "found": found,
        "doubts": doubts,
        "trail": trail,
        "may_add_member": form.member_count < MOST_MEMBERS,
    }
    return render(request, "portal/parties/new.html", context)


def _form(request: HttpRequest, do: str) -> PartyForm:
    text = request.POST.get("members", "2")
    count = min(max(int(text) if text.isascii() and text.isdigit() else 2, 2), MOST_MEMBERS)
    if do == "more":
        typed = request.POST.dict()
        return PartyForm(initial=typed, members=min(count + 1, MOST_MEMBERS))
    if request.method == "POST":
        return PartyForm(request.POST, members=count)
    return PartyForm(initial={"purpose": request.session.get(PURPOSE, "")})


def _warned(form: PartyForm) -> PartyForm:
    """The same form, that remembers of which documents it warned."""
    data = dict(form.data.items()) | {"seen_doubts": form.doubted()}
    return PartyForm(data, members=form.member_count)


def _registered(form: PartyForm, place: Municipality, by: Any) -> list[str]:
    """The notes of the registration; members whom the register does not know are registered with the group."""
    purpose = form.cleaned_data["purpose"]
    rows = find_acquirers(form.typed_members(), municipality=place, by=by, purpose=purpose[:200])
    with transaction.atomic():
        told, notes = takers_told(rows, kind="", municipality=place, by=by, reason=purpose)
        parties = Party.objects.in_bulk([one["party"] for one in told])
        members = [
            NewMember(
                party=parties[UUID(one["party"])],
                share=Fraction(one["share"]) if one["share"] else None,
            )
            for one in told
        ]
        filing = Filing(by=by, reason=purpose)
        done = register_party(municipality=place, party=form.party(members), filing=filing)
    return [*notes, *done.notes]

"""Who writes through the API: a signed-in person in a municipality of his; anybody else finds nothing there."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, User
from gis_project.territory.policy import can, check_can, municipality_for


@dataclass(frozen=True, slots=True)
class Desk:
    """The official, the municipality, and the civil date there."""

    who: User
    municipality: Municipality
    today: date


def desk_of(request: HttpRequest, municipality: str, *capabilities: str) -> Desk:
    """The desk, if the person holds one of the capabilities there; NotFound in a strange town, NotAllowed."""
    who = request.user
    if not isinstance(who, User):
        raise TypeError("the router admits signed-in people only")
    place = municipality_for(who, municipality, on=timezone.localdate())
    today = today_in(place)
    if not any(can(who, capability, municipality=place, on=today) for capability in capabilities):
        check_can(who, capabilities[-1], municipality=place, on=today)
    return Desk(who, place, today)

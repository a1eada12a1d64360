"""Who enters the treasury's pages, and what each may do there."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cadastre.models import CashSession
from cadastre.operations.collection.cash_sessions import open_session_of
from gis_project.core.errors import NotAllowed
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, User
from gis_project.territory.policy import can, municipality_for

READ = ("collect_payments", "view_tax")


@dataclass(frozen=True)
class TreasuryDesk:
    """The official, the municipality and the civil date there."""

    request: HttpRequest
    who: User
    place: Municipality
    on: date

    def may(self, *capabilities: str) -> bool:
        return any(can(self.who, one, municipality=self.place, on=self.on) for one in capabilities)

    @cached_property
    def session(self) -> CashSession | None:
        """What the person has open, of whatever day."""
        return open_session_of(self.who, municipality=self.place)

    def trail(self, *rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
        slug = self.place.slug
        return [
            (self.place.name, reverse("municipality", args=[slug])),
            (_("Tesorería"), reverse("treasury", args=[slug]) if rest else None),
            *rest,
        ]


def treasury_desk(request: HttpRequest, municipality: str, *capabilities: str) -> TreasuryDesk:
    """The desk of a signed-in official; NotFound in a strange town, NotAllowed."""
    who = request.user
    if not isinstance(who, User):
        raise TypeError("the treasury's pages admit signed-in people only")
    place = municipality_for(who, municipality, on=timezone.localdate())
    desk = TreasuryDesk(request, who, place, today_in(place))
    if not desk.may(*(capabilities or READ)):
        raise NotAllowed("Su nombramiento no permite entrar a Tesorería aquí.")
    return desk

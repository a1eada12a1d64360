"""Who enters the officials' pages of procedures, and which procedure an address names."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cadastre.models import Procedure
from cadastre.operations.tick_requirement import MAY_TICK
from cadastre.queries.procedures import check_may_see, find_procedure
from gis_project.core.errors import NotAllowed
from gis_project.portal.audience import Sees, what_is_seen
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, User
from gis_project.territory.policy import can, municipality_for

READ = ("view_register", "receive_procedures")
# Who opens the scans: those who handle procedures, who approve, and who confirms that he saw the original.
READS_FILES = (*MAY_TICK, "approve_operations", "register_inscription")


@dataclass(frozen=True)
class ProcedureDesk:
    """The official, the municipality and the civil date there."""

    request: HttpRequest
    who: User
    place: Municipality
    on: date

    @cached_property
    def sees(self) -> Sees:
        return what_is_seen(self.request, municipality=self.place, on=self.on)

    def may(self, *capabilities: str) -> bool:
        return any(can(self.who, one, municipality=self.place, on=self.on) for one in capabilities)

    def trail(self, *rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
        slug = self.place.slug
        here = (_("Trámites"), reverse("procedures", args=[slug]) if rest else None)
        return [
            (self.place.name, reverse("municipality", args=[slug])),
            (_("Ventanilla"), reverse("workbench", args=[slug])),
            here,
            *rest,
        ]

    def procedure(self, number: str) -> Procedure:
        """ProcedureNotFound, NotAllowed."""
        found = find_procedure(self.place, number)
        check_may_see(found, by=self.who, on=self.on)
        return found


def procedure_desk(request: HttpRequest, municipality: str, *capabilities: str) -> ProcedureDesk:
    """The desk of a signed-in official; NotFound in a strange town, NotAllowed."""
    who = request.user
    if not isinstance(who, User):
        raise TypeError("the pages of procedures admit signed-in people only")
    place = municipality_for(who, municipality, on=timezone.localdate())
    desk = ProcedureDesk(request, who, place, today_in(place))
    if not desk.may(*(capabilities or READ)):
        raise NotAllowed("Su nombramiento no permite llevar trámites aquí.")
    return desk

"""Who writes through the API: a signed-in person in a municipality of his; anybody else finds nothing there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cadastre.queries.seen_preview import holders_told, seen_preview
from gis_project.territory.clock import today_in
from gis_project.territory.field_visibility import audiences_of, fields_for
from gis_project.territory.models import Municipality, User
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.policy import can, check_can, municipality_for


@dataclass(frozen=True, slots=True)
class Desk:
    """The official, the municipality, and the civil date there."""

    who: User
    municipality: Municipality
    today: date

    def seen(self, preview: Mapping[str, Any], *, is_open: bool) -> dict[str, Any]:
        """An act's before and after as this official may see them; `is_open` while the register has not moved on."""
        mine = audiences_of(self.who, municipality=self.municipality, on=self.today)
        return seen_preview(
            preview,
            right=fields_for(mine, "right", municipality=self.municipality),
            burden=fields_for(mine, "burden", municipality=self.municipality),
            is_open=is_open,
            on=self.today,
        )

    def log_holders(
        self, *previews: Mapping[str, Any], query: str, purpose: str, procedure: str = ""
    ) -> None:
        """A look at holders is recorded; one that showed none (an empty tray, an act without rights) is not."""
        found = sum(holders_told(one) for one in previews)
        if found:
            log_access(
                municipality=self.municipality,
                actor=self.who,
                action="view_holders",
                query=query,
                found=found,
                purpose=purpose[:300],
                procedure=procedure,
            )


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

"""Who lives on a predio, for those who may know: protected data, every look recorded."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cadastre.models import HouseholdRecord, PropertyUnit
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.policy import Actor, check_can

CAPABILITY = "view_households"


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """The answers by variable, and from when on they are so; none and None where nobody asked."""

    answers: dict[str, Any]
    since: date | None


def household_record(unit: PropertyUnit, *, by: Actor, on: date, purpose: str) -> HouseholdFacts:
    """What the register says on a civil date; NotAllowed without ``view_households``."""
    check_can(by, CAPABILITY, municipality=unit.municipality, on=on)
    found = HouseholdRecord.objects.known().valid_on(on).filter(unit=unit).first()
    log_access(
        municipality=unit.municipality,
        actor=by,
        action="view_households",
        query=str(unit.pk),
        found=1 if found else 0,
        purpose=purpose,
    )
    return HouseholdFacts(found.answers, found.valid.lower) if found else HouseholdFacts({}, None)

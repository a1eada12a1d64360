"""Filings with the documents that acts ask for, for tests that perform them."""

from datetime import date

from cadastre.acts.act_law import act_law
from cadastre.models import AdministrativeSource
from cadastre.operations.deed.filing import Filing
from gis_project.territory.models import Municipality
from gis_project.territory.policy import CONSOLE

INSCRIBED_ON = date(2026, 3, 2)


def source(
    municipality: Municipality, kind: str, *, number: str = "123", on: date | None = INSCRIBED_ON
) -> AdministrativeSource:
    return AdministrativeSource.objects.create(
        municipality=municipality, kind=kind, number=number, issued_on=on
    )


def complete(
    municipality: Municipality,
    verb: str,
    *,
    cause: str = "",
    on: date = INSCRIBED_ON,
    beyond_tolerance: bool = False,
    **fields,
) -> Filing:
    """A filing with the first acceptable document of each requirement, all of one day."""
    law = act_law(verb, cause=cause, on=on)
    asked = law.requirements + (law.beyond_tolerance if beyond_tolerance else ())
    kinds = dict.fromkeys(requirement.any_of[0] for requirement in asked)
    sources = [source(municipality, kind, on=on) for kind in kinds]
    fields = {"by": CONSOLE, "reason": "prueba", "sources": sources} | fields
    return Filing(**fields)

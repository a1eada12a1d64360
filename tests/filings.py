"""Filings with the documents that acts ask for, for tests that perform them."""

from datetime import date
from itertools import count

from cadastre.acts.act_law import act_law
from cadastre.acts.documents import document_law
from cadastre.models import AdministrativeSource, SourceConfirmation
from cadastre.operations.deed.filing import Filing
from gis_project.territory.models import Municipality
from gis_project.territory.policy import CONSOLE

INSCRIBED_ON = date(2026, 3, 2)
_NUMBERS = count(1001)


def source(
    municipality: Municipality,
    kind: str,
    *,
    number: str | None = None,
    on: date | None = INSCRIBED_ON,
    is_confirmed: bool = True,
    **fields,
) -> AdministrativeSource:
    """A document that lacks nothing; its number is its own, an inscription is confirmed."""
    told = {
        "number": str(next(_NUMBERS)) if number is None else number,
        "issuer": "Registro de la Propiedad" if kind == "INSCRIPTION" else "Notaría Primera",
        "repertory": "901" if kind == "INSCRIPTION" else "",
        "file_sha256": "0" * 64,
    } | fields
    made = AdministrativeSource.objects.create(
        municipality=municipality, kind=kind, issued_on=on, **told
    )
    if is_confirmed and document_law(kind, on=INSCRIBED_ON).confirmed_by:
        SourceConfirmation.objects.create(source=made)
    return made


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

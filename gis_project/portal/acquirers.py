"""Who acquires: found in the register by the document typed at the counter, or registered there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from cadastre.keys.plain_text import plain
from cadastre.models import PartyIdentity
from cadastre.operations.deed.filing import Filing
from cadastre.operations.register_party import NewParty, register_party
from gis_project.core.errors import InvalidInput
from gis_project.core.identification import check_identity
from gis_project.portal.transfer_form import TypedTaker
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.policy import Actor


class AcquirerUnknown(InvalidInput):
    """Nobody with that document is registered: write the name too, and the person is registered."""

    code = "acquirer_unknown"


@dataclass(frozen=True, slots=True)
class Acquirer:
    """A row of the form and the person whom its document names, None when not registered yet."""

    typed: TypedTaker
    known: PartyIdentity | None


def find_acquirers(
    rows: Sequence[TypedTaker], *, municipality: Municipality, by: Actor, purpose: str
) -> list[Acquirer]:
    """The filled rows with those whom the register knows; each look is recorded. AcquirerUnknown."""
    found = []
    for row in rows:
        if not (row.document or row.name):
            continue
        known = None
        if row.document:
            number = check_identity(row.document).normalised[:20]
            known = PartyIdentity.objects.filter(
                municipality=municipality, id_number=number
            ).first()
            log_access(
                municipality=municipality,
                actor=by,
                action="search_people",
                query=number,
                found=1 if known else 0,
                purpose=purpose,
                subject=number,
            )
        if known is None and not row.name.strip():
            raise AcquirerUnknown(
                _("Quien tiene ese documento no consta en el catastro: escriba también su nombre "
                  "y queda registrado.")
            )  # fmt: skip
        found.append(Acquirer(row, known))
    return found


def takers_told(
    acquirers: Sequence[Acquirer], *, kind: str, municipality: Municipality, by: Actor, reason: str
) -> tuple[list[dict[str, Any]], list[str]]:
    """The member `takers` of the act's data, and notes for the counter; who is not known is registered.

    `kind` is the tenure of those whose row names none.
    """
    takers, notes = [], []
    for one in acquirers:
        if one.known is None:
            party, said = _registered(one.typed, municipality=municipality, by=by, reason=reason)
            notes += said
        else:
            party = one.known.party_id
            typed = plain(one.typed.name)
            if typed and typed != plain(one.known.full_name):
                notes.append(
                    _("El documento %s consta a otro nombre: se usa el registrado.")
                    % one.typed.document
                )
        tenure = one.typed.kind or kind
        takers.append({"party": str(party), "share": one.typed.share or None, "kind": tenure})
    return takers, notes


def _registered(
    typed: TypedTaker, *, municipality: Municipality, by: Actor, reason: str
) -> tuple[UUID, list[str]]:
    number = check_identity(typed.document).normalised if typed.document else ""
    # The third figure of a RUC tells companies (9) and public bodies (6) from persons.
    kind = (
        {"9": "LEGAL", "6": "PUBLIC"}.get(number[2], "NATURAL") if len(number) == 13 else "NATURAL"
    )
    outcome = register_party(
        municipality=municipality,
        party=NewParty(kind=kind, full_name=typed.name, document=typed.document),
        filing=Filing(by=by, reason=reason),
    )
    notes = [_("Se registra a %s como nuevo titular.") % typed.name.strip(), *outcome.notes]
    return UUID(outcome.facts["party"]), notes

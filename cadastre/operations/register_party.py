"""Registro de un titular: a person, a company or a group (spouses, heirs, commune, trust) with its members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import connection

from cadastre.keys.plain_text import plain
from cadastre.models import Party, PartyIdentity, PartyMember
from cadastre.operations.deed.filing import Deed, Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.rows import open_rows
from gis_project.core.errors import Conflict, InvalidInput, NotFound
from gis_project.core.identification import IdentityCheck, IdentityKind, check_identity
from gis_project.territory.models import Municipality

VERB = "register_party"
GROUPS = (Party.Kind.SPOUSES, Party.Kind.HEIRS, Party.Kind.COMMUNE, Party.Kind.TRUST)
# The space of advisory locks of keys and documents (see deed/keys.py).
_LOCK_DOCUMENT = "SELECT pg_advisory_xact_lock(3, hashtext(%s))"


class PartyKnown(Conflict):
    """Somebody is registered with that document already: use the party that the details name."""

    code = "party_known"


class PartyUnfit(InvalidInput):
    """The party's data contradict its class: a name is needed, and only a group has members."""

    code = "party_unfit"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Who belongs to a group, and his exact share of it; None undetermined."""

    party: Party
    share: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewParty:
    """``document``: cédula, RUC or passport in any punctuation, empty when there is none.

    ``since``: from when a group's members are so (the wedding, the death); the act's day unless told.
    """

    kind: str
    full_name: str = ""
    document: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    postal_address: str = ""
    members: Sequence[NewMember] = ()
    since: date | None = None


def register_party(*, municipality: Municipality, party: NewParty, filing: Filing) -> Outcome:
    """The outcome; ``facts["party"]`` is the new id, notes tell what a check digit says.

    A check digit never refuses. Raises what ``performing`` does, PartyKnown, PartyUnfit, SharesNotWhole.
    """
    check_fit(municipality, party)
    check = check_identity(party.document)
    with performing(VERB, municipality=municipality, units=[], filing=filing) as work:
        _check_new(work, check)
        made = Party.objects.create(municipality=municipality, kind=party.kind)
        _write_identity(made, party, check)
        _write_members(work.deed, made, party)
        if party.document.strip():
            work.notes += check.warnings
        elif party.kind not in GROUPS:
            work.notes.append("Se registra sin documento: complételo cuando lo conozca.")
        work.facts["party"] = str(made.pk)
    return work.done


def check_fit(municipality: Municipality, told: NewParty) -> None:
    """Raise PartyUnfit when the party's name or members contradict its class."""
    if told.kind not in Party.Kind.values:
        raise PartyUnfit(f"No hay tal clase de titular: use {', '.join(Party.Kind.values)}.")
    parties = [member.party for member in told.members]
    if any(party.municipality_id != municipality.pk for party in parties):
        raise NotFound("No hay tal titular en este municipio.")
    if told.members and told.kind not in GROUPS:
        raise PartyUnfit(
            "Solo una sociedad conyugal, herencia, comuna o fideicomiso tiene integrantes."
        )
    if len({party.pk for party in parties}) != len(parties):
        raise PartyUnfit("Un integrante figura dos veces: sume sus cuotas en una.")
    if told.kind == Party.Kind.SPOUSES and (
        len(parties) != 2 or any(party.kind != Party.Kind.NATURAL for party in parties)
    ):
        raise PartyUnfit("Una sociedad conyugal tiene dos integrantes, personas naturales.")
    if not told.full_name.strip() and told.kind != Party.Kind.SPOUSES:
        raise PartyUnfit("Escriba los nombres y apellidos, o la razón social.")


def _check_new(work: Work, check: IdentityCheck) -> None:
    """PartyKnown for a document that somebody has; two desks registering it at once wait for each other."""
    kind, number = document_columns(check)
    if not number:
        return
    town = work.deed.municipality
    lock_document(town, number)
    of_town = PartyIdentity.objects.filter(municipality=town)
    found = of_town.filter(id_kind=kind, id_number=number).first()
    if found is not None:
        raise PartyKnown(
            "Ese documento está ya registrado: use el titular que existe.",
            details={"party": str(found.party_id)},
        )
    # The RUC of a natural person is the cédula and 001: most likely one person with two papers.
    like = (
        of_town.filter(id_kind="CEDULA", id_number=number[:10])
        if check.kind is IdentityKind.RUC
        else of_town.filter(id_kind="RUC", id_number=f"{number}001")
    ).first()
    if like is not None:
        work.facts["same_person_as"] = str(like.party_id)
        work.notes.append(
            "La cédula y el RUC parecen de la misma persona: revise si ya está registrada."
        )


def lock_document(municipality: Municipality, number: str) -> None:
    """Let nobody else give this document to somebody until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_DOCUMENT, [f"document {municipality.pk} {number}"])


def document_columns(check: IdentityCheck) -> tuple[str, str]:
    """Kind and number as the register keeps them; what is no known document keeps its text."""
    is_known = check.kind is not IdentityKind.UNKNOWN
    return (check.kind.value if is_known else PartyIdentity.IdKind.NONE, check.normalised[:20])


def _write_identity(made: Party, told: NewParty, check: IdentityCheck) -> None:
    name = " ".join(told.full_name.split()) or " y ".join(
        PartyIdentity.objects.get(party=member.party).full_name for member in told.members
    )
    kind, number = document_columns(check)
    PartyIdentity.objects.create(
        party=made,
        municipality=made.municipality,
        full_name=name[:300],
        search_name=plain(name)[:300],
        id_kind=kind,
        id_number=number,
        identity_warnings=list(check.warnings) if told.document.strip() else [],
        birth_date=told.birth_date,
        phone=told.phone,
        email=told.email,
        postal_address=told.postal_address,
    )


def _write_members(deed: Deed, group: Party, told: NewParty) -> None:
    open_rows(
        [
            PartyMember(
                group=group,
                member=member.party,
                share_numerator=member.share.numerator if member.share else None,
                share_denominator=member.share.denominator if member.share else None,
                **deed.opened(told.since),
            )
            for member in told.members
        ]
    )

"""Look-up of a person in the registries outside: recorded with its purpose, kept with its date, never needed.

What comes back is a draft for `register_party`; an official reads it and confirms it. No check digit and no
registry refuses anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cadastre.lookups.civil_registry import CivilRegistry
from cadastre.lookups.fetch import Line
from cadastre.lookups.registry import LookUpFailed, Offline, Registry, RegistryAnswer
from cadastre.lookups.tax_registry import TaxRegistry
from cadastre.models import PartyLookUp, PersonKey, Procedure
from cadastre.operations.person_keys import find_person_key, person_key
from gis_project.core.errors import InvalidInput, NotFound
from gis_project.core.identification import IdentityCheck, IdentityKind, check_identity
from gis_project.core.periods import civil_date
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import PurposeMissing, log_access
from gis_project.territory.person_seal import seal, unseal
from gis_project.territory.personal_hash import personal_hash
from gis_project.territory.policy import Actor, check_can, person

PERSONS, TAXES = "CIVIL_REGISTRY", "SRI"
_ASKED_OF = {IdentityKind.CEDULA: PERSONS, IdentityKind.RUC: TAXES}
_USABLE = (PartyLookUp.Outcome.FOUND, PartyLookUp.Outcome.NOT_FOUND)


class NothingToLookUp(InvalidInput):
    """Registries know people by cédula (10 figures) or RUC (13): write one, or go on with the papers brought."""

    code = "nothing_to_look_up"


class ProcedureNotOpen(NotFound):
    """There is no open procedure of that number: name the one that is being attended, or write why."""

    code = "procedure_not_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLookedUp:
    """`outcome` as of PartyLookUp; `told_on` is the day the registry said so; `draft` fills `register_party`.

    `notes` (es) are for the official: what the check digits say, a death, an answer of an earlier day.
    """

    source: str
    source_name: str
    outcome: str
    told_on: date | None
    answer: RegistryAnswer | None
    draft: dict[str, Any]
    notes: tuple[str, ...] = ()


def look_up_party(
    *,
    document: str,
    municipality: Municipality,
    by: Actor,
    purpose: str = "",
    procedure: str = "",
    ask_again: bool = False,
    registries: Mapping[str, Registry] | None = None,
) -> PartyLookedUp:
    """What the registry of that document says, asked now or within LINDERO_LOOKUP_DAYS before.

    Raises NotAllowed, PurposeMissing, ProcedureNotOpen, NothingToLookUp; a registry that fails is an outcome.
    """
    check_can(by, "search_people", municipality=municipality, on=today_in(municipality))
    check = check_identity(document)
    source = _ASKED_OF.get(check.kind)
    if source is None:
        raise NothingToLookUp("Escriba una cédula (10 cifras) o un RUC (13) para consultar.")
    why = _Why(purpose.strip(), _open_procedure(municipality, procedure))
    registry = (registries or connected_registries())[source]
    number = check.normalised
    earlier = None if ask_again else _earlier(municipality, source, number)
    if earlier is None:
        # Outside a transaction of ours: the registry may take its time.
        outcome, answer, said = _asked(registry, number)
        told_at = timezone.now()
    else:
        outcome, answer, said = earlier.outcome, _opened(earlier), ""
        told_at = earlier.asked_at
    with transaction.atomic():
        _record(municipality, source, number, by, why, outcome, answer, earlier)
    is_told = outcome in _USABLE
    told_on = civil_date(told_at, time_zone=municipality.time_zone)
    return PartyLookedUp(
        source=source,
        source_name=registry.name,
        outcome=outcome,
        told_on=told_on if is_told else None,
        answer=answer,
        draft=_draft(check, answer),
        notes=tuple(_notes(check, registry.name, outcome, answer, told_on, said)),
    )


def connected_registries() -> dict[str, Registry]:
    """The registries by code; one without an address in the settings is offline."""
    line = Line(
        hosts=tuple(settings.LOOKUP_HOSTS),
        timeout_s=settings.LOOKUP_TIMEOUT_S,
        ca_file=str(settings.LOOKUP_CA_FILE or ""),
    )
    persons: Registry = Offline(PERSONS, "Registro Civil (DINARP)")
    if settings.LOOKUP_PERSONS_URL:
        persons = CivilRegistry(
            url=settings.LOOKUP_PERSONS_URL,
            package=settings.LOOKUP_PERSONS_PACKAGE,
            user=settings.LOOKUP_PERSONS_USER,
            password=settings.LOOKUP_PERSONS_PASSWORD,
            line=line,
        )
    taxes: Registry = Offline(TAXES, "SRI")
    if settings.LOOKUP_TAXES_URL:
        taxes = TaxRegistry(
            url=settings.LOOKUP_TAXES_URL, token=settings.LOOKUP_TAXES_TOKEN, line=line
        )
    return {PERSONS: persons, TAXES: taxes}


@dataclass(frozen=True, slots=True)
class _Why:
    purpose: str
    procedure: Procedure | None = field(default=None)

    def __post_init__(self) -> None:
        if not self.purpose and self.procedure is None:
            raise PurposeMissing("Indique el trámite o el motivo de la consulta.")


def _open_procedure(municipality: Municipality, number: str) -> Procedure | None:
    if not number.strip():
        return None
    year, _, serial = number.strip().partition("-")
    if year.isdigit() and serial.isdigit():
        found = Procedure.objects.filter(
            municipality=municipality, year=int(year), serial=int(serial), closed_at__isnull=True
        ).first()
        if found is not None:
            return found
    raise ProcedureNotOpen(
        "No hay un trámite abierto con ese número: revíselo o escriba el motivo."
    )


def _earlier(municipality: Municipality, source: str, number: str) -> PartyLookUp | None:
    """The last usable answer, if it is young enough and the person's key is still there."""
    since = timezone.now() - timedelta(days=settings.LOOKUP_DAYS)
    found = (
        PartyLookUp.objects.filter(
            municipality=municipality,
            source=source,
            subject_hash=personal_hash(number),
            outcome__in=_USABLE,
            reused__isnull=True,
            asked_at__gte=since,
        )
        .order_by("-asked_at")
        .first()
    )
    if found is None or find_person_key(municipality, number) is None:
        return None
    return found


def _opened(look_up: PartyLookUp) -> RegistryAnswer | None:
    if look_up.sealed is None:
        return None
    key = PersonKey.objects.get(
        municipality=look_up.municipality_id, subject_hash=look_up.subject_hash
    )
    return RegistryAnswer.from_plain(unseal(bytes(key.wrapped), bytes(look_up.sealed)))


def _asked(registry: Registry, number: str) -> tuple[str, RegistryAnswer | None, str]:
    try:
        answer = registry.ask(number)
    except LookUpFailed as failure:
        return failure.outcome, None, str(failure)
    outcome = PartyLookUp.Outcome.FOUND if answer else PartyLookUp.Outcome.NOT_FOUND
    return outcome.value, answer, ""


def _record(
    municipality: Municipality,
    source: str,
    number: str,
    by: Actor,
    why: _Why,
    outcome: str,
    answer: RegistryAnswer | None,
    earlier: PartyLookUp | None,
) -> None:
    sealed = None
    if outcome in _USABLE and earlier is None:
        key = person_key(municipality, number)
        sealed = seal(bytes(key.wrapped), answer.plain()) if answer else None
    PartyLookUp.objects.create(
        municipality=municipality,
        source=source,
        asked_by=person(by),
        purpose=why.purpose,
        procedure=why.procedure,
        subject_hash=personal_hash(number),
        outcome=outcome,
        sealed=sealed,
        reused=earlier,
    )
    log_access(
        municipality=municipality,
        actor=by,
        action="look_up_party",
        query=f"{source} {number}",
        found=1 if answer else 0,
        purpose=why.purpose,
        procedure=why.procedure.number if why.procedure else "",
        subject=number,
    )


def _draft(check: IdentityCheck, answer: RegistryAnswer | None) -> dict[str, Any]:
    """The inputs of `register_party`, as far as they are known."""
    number = check.normalised
    # The third figure of a RUC tells companies (9) and public bodies (6) from persons.
    kind = (
        {"9": "LEGAL", "6": "PUBLIC"}.get(number[2], "NATURAL") if len(number) == 13 else "NATURAL"
    )
    draft: dict[str, Any] = {"kind": kind, "document": number}
    if answer is not None:
        draft |= {"full_name": answer.full_name, "postal_address": answer.address}
        if answer.birth_date is not None:
            draft["birth_date"] = answer.birth_date.isoformat()
    return draft


def _notes(
    check: IdentityCheck,
    name: str,
    outcome: str,
    answer: RegistryAnswer | None,
    told_on: date,
    said: str,
) -> list[str]:
    notes = list(check.warnings)
    if said:
        notes.append(said)
    if outcome == PartyLookUp.Outcome.FOUND:
        notes.append(f"Según {name} al {told_on.isoformat()}. Compare con los papeles y confirme.")
    if outcome == PartyLookUp.Outcome.NOT_FOUND:
        notes.append(f"No consta según {name} al {told_on.isoformat()}: siga con los papeles.")
    if answer is not None and answer.died_on is not None:
        notes.append(
            f"Consta como fallecida desde el {answer.died_on.isoformat()}: revise la herencia."
        )
    return notes

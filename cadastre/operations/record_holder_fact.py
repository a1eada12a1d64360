"""Records what a holder proved of himself for his tax: income, patrimony, disability, mortgage. Need to know.

The amount goes to its walled table alone: no audit entry, page, export or title repeats it.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from cadastre.models import AdministrativeSource, HolderFact, Party, PartyIdentity, PropertyUnit
from cadastre.operations.standing_act import end_row, open_standing_act
from gis_project.core.errors import InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can

CAPABILITY = "record_holder_facts"
VERB = "record_holder_fact"
_OF_A_PREDIO = {HolderFact.Kind.DISABILITY, HolderFact.Kind.MORTGAGE}


class HolderFactUnfounded(InvalidInput):
    """The proof lacks its document, its predio, or an amount that can be: correct what the message names."""

    code = "holder_fact_unfounded"


def record_holder_fact(
    *,
    party: Party,
    kind: HolderFact.Kind,
    amount: Decimal,
    document: str,
    requested_on: date,
    by: Actor,
    unit: PropertyUnit | None = None,
) -> HolderFact:
    """The recorded fact, in force from ``requested_on``; it ends what was known of the same kind.

    A person's disability counts on one predio: a later claim moves it. Raises NotAllowed, HolderFactUnfounded.
    """
    town = party.municipality
    today = today_in(town)
    check_can(by, CAPABILITY, municipality=town, on=today)
    _check(kind, amount, document, requested_on, unit, today=today)
    with transaction.atomic():
        deed = open_standing_act(
            VERB,
            municipality=town,
            by=by,
            document=document,
            on=requested_on,
            reason="Condición de un titular",
            kind=AdministrativeSource.Kind.REQUEST,
        )
        same = HolderFact.objects.known().filter(
            kind=kind, valid__overlap=DateRange(requested_on, None)
        )
        is_mortgage = kind == HolderFact.Kind.MORTGAGE
        for former in same.filter(unit=unit) if is_mortgage else same.filter(party=party):
            end_row(former, deed, ends_before=requested_on)
        fact = HolderFact.objects.create(
            municipality=town,
            party=party,
            unit=unit,
            kind=kind,
            amount=amount,
            requested_on=requested_on,
            document=document.strip()[:200],
            valid=DateRange(requested_on, None),
            recorded=DateTimeTZRange(deed.recorded_at, None),
            opened_by=deed,
        )
        _sign(fact, by)
    return fact


def _check(
    kind: HolderFact.Kind,
    amount: Decimal,
    document: str,
    requested_on: date,
    unit: PropertyUnit | None,
    *,
    today: date,
) -> None:
    if not document.strip() or requested_on > today:
        raise HolderFactUnfounded("Escriba el documento que lo prueba y su fecha, hasta hoy.")
    if (kind in _OF_A_PREDIO) is (unit is None):
        raise HolderFactUnfounded(
            "La discapacidad y la hipoteca nombran su predio; el ingreso y el patrimonio, ninguno."
        )
    highest = Decimal(100) if kind == HolderFact.Kind.DISABILITY else None
    if amount < 0 or (highest is not None and not 0 < amount <= highest):
        raise HolderFactUnfounded(
            "El monto no puede ser negativo; una discapacidad va de 0 a 100 %."
        )


def _sign(fact: HolderFact, by: Actor) -> None:
    record_audit_event(
        municipality=fact.municipality,
        actor=by,
        action=VERB,
        object_type="cadastre.HolderFact",
        object_id=fact.pk,
        body={"party": fact.party_id, "unit": fact.unit_id, "requested_on": fact.requested_on},
    )
    document = PartyIdentity.objects.filter(party=fact.party).values_list("id_number", flat=True)
    log_access(
        municipality=fact.municipality,
        actor=by,
        action=VERB,
        query=str(fact.party_id),
        purpose="Registro de una condición del titular para su impuesto",
        found=1,
        subject=document.first() or "",
    )

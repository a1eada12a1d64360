"""Records an exemption, deduction or circumstance of a lot that a resolution grants to a predio, and its end."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from cadastre.models import PropertyUnit, TaxGrant
from cadastre.operations.standing_act import end_row, open_standing_act
from cadastre.taxation.national_law import national_law
from cadastre.taxation.relief import UnknownGrant
from cadastre.valuation.lot_codes import LOT_CODES
from gis_project.core.errors import InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, Ordinance
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can

CAPABILITY = "grant_exemptions"
VERB = "grant_exemption"


class GrantUnfounded(InvalidInput):
    """A grant names its resolution, and years, part and amount that can be: correct what the message names."""

    code = "grant_unfounded"


def known_codes(municipality: Municipality, year: int) -> frozenset[str]:
    """Codes that the law of ``year``, the town's approved ordinances or a lot's circumstances have."""
    law = national_law(year)
    codes = {rule.code for rule in law.granted} | {code for code, _ in law.unbuilt_land.free}
    approved = Ordinance.objects.filter(
        municipality=municipality, subject="PROPERTY_TAX", state=Ordinance.State.APPROVED
    )
    for parameters in approved.values_list("parameters", flat=True):
        codes |= {str(rule["code"]) for rule in parameters.get("exemptions", ())}
    return frozenset(codes | LOT_CODES.keys())


def grant_exemption(
    *,
    unit: PropertyUnit,
    code: str,
    from_year: int,
    act: str,
    decided_on: date,
    by: Actor,
    until_year: int | None = None,
    part: Decimal | None = None,
    amount: Decimal | None = None,
) -> TaxGrant:
    """The recorded grant; titles that are out already do not change (it is a *novedad* of theirs).

    Raises NotAllowed, UnknownGrant, GrantUnfounded.
    """
    town = unit.municipality
    check_can(by, CAPABILITY, municipality=town, on=today_in(town))
    if code not in known_codes(town, from_year):
        raise UnknownGrant(
            f"Ni la ley de {from_year} ni una ordenanza aprobada conocen «{code}»: revise el código.",
            details={"code": code},
        )
    _check(act, decided_on, from_year, until_year, part, amount, today=today_in(town))
    with transaction.atomic():
        deed = open_standing_act(
            VERB,
            municipality=town,
            by=by,
            document=act,
            on=decided_on,
            reason=f"{code} desde {from_year}",
        )
        grant = TaxGrant.objects.create(
            municipality=town,
            unit=unit,
            code=code,
            from_year=from_year,
            until_year=until_year,
            part=part,
            amount=amount,
            act=act.strip(),
            decided_on=decided_on,
            valid=DateRange(decided_on, None),
            recorded=DateTimeTZRange(deed.recorded_at, None),
            opened_by=deed,
        )
        _sign(grant, VERB, by)
    return grant


def end_grant(
    grant: TaxGrant, *, last_year: int, act: str, decided_on: date, by: Actor
) -> TaxGrant:
    """The grant with its end in ``last_year``; before its first year: it never was. NotAllowed, GrantUnfounded."""
    town = grant.municipality
    check_can(by, CAPABILITY, municipality=town, on=today_in(town))
    if not act.strip() or decided_on > today_in(town):
        raise GrantUnfounded("Escriba la resolución que la termina y su fecha, no posterior a hoy.")
    if grant.until_year is not None and last_year > grant.until_year:
        raise GrantUnfounded(
            f"Ya termina en {grant.until_year}: para alargarla hace falta otra resolución que la conceda."
        )
    with transaction.atomic():
        deed = open_standing_act(
            "end_tax_grant",
            municipality=town,
            by=by,
            document=act,
            on=decided_on,
            reason=f"{grant.code} hasta {last_year}",
        )
        keeps = last_year >= grant.from_year
        closed_as = grant.until_year
        end_row(grant, deed, ends_before=None)
        grant.until_year = last_year if keeps else closed_as
        if keeps:
            grant.pk = None
            grant._state.adding = True
            grant.recorded = DateTimeTZRange(deed.recorded_at, None)
            grant.opened_by, grant.closed_by = deed, None
            grant.save(force_insert=True)
        _sign(grant, "end_tax_grant", by)
    return grant


def _check(
    act: str,
    decided_on: date,
    from_year: int,
    until_year: int | None,
    part: Decimal | None,
    amount: Decimal | None,
    *,
    today: date,
) -> None:
    if not act.strip() or decided_on > today:
        raise GrantUnfounded("Escriba la resolución que la concede y su fecha, no posterior a hoy.")
    if until_year is not None and until_year < from_year:
        raise GrantUnfounded("El último año no puede ser anterior al primero.")
    if part is not None and not 0 < part <= 1:
        raise GrantUnfounded("La parte va de 0 a 1, como 0.5.")
    if amount is not None and amount <= 0:
        raise GrantUnfounded("El monto debe ser mayor que 0.")


def _sign(grant: TaxGrant, action: str, by: Actor) -> None:
    record_audit_event(
        municipality=grant.municipality,
        actor=by,
        action=action,
        object_type="cadastre.TaxGrant",
        object_id=grant.pk,
        body={
            "unit": grant.unit_id,
            "code": grant.code,
            "from_year": grant.from_year,
            "until_year": grant.until_year,
            "part": grant.part,
            "amount": grant.amount,
            "act": grant.act,
        },
    )

"""Emits the tax titles of one municipality, year and kind, in one transaction, once.

Snapshot of the register → the one assessor → titles and lines by COPY → control totals recomputed by the database.
No roll bills what has a title in the year already, of either kind. Titles count once Tesorería received them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from cadastre.models import CadastreClosing, Operation, TaxRoll
from cadastre.operations.assess_roll import assess_roll, hold_back
from cadastre.operations.roll_totals import ControlTotalsDiffer, check_totals, control_totals
from cadastre.operations.seal_ordinance import lock_ordinance
from cadastre.operations.write_titles import write_doubts, write_exceptions, write_titles
from cadastre.quality.rule import Moment
from cadastre.queries.ordinances import facts_of, ordinance_in_force
from cadastre.queries.quality_gate import stopped_in_town, told_shortly
from cadastre.queries.roll_snapshot import roll_units, snapshot_hash
from cadastre.queries.roll_state import titled_units
from cadastre.taxation.national_law import national_law
from cadastre.valuation.facts import UnitKind
from gis_project.core.errors import Conflict, NotFound
from gis_project.core.progress import UNSEEN, Progress
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person

_REASON = 500  # the column of an exception's reason


class NothingToEmit(NotFound):
    """No predio stood in the register on 31 December before the year: import it, or ask for another year."""

    code = "nothing_to_emit"


class CadastreOpen(Conflict):
    """The cadastre of the year before is not closed: Avalúos closes it first."""

    code = "cadastre_open"


class NothingToSupplement(NotFound):
    """Every predio that can be billed has its title of that year and kind already."""

    code = "nothing_to_supplement"


@dataclass(frozen=True, slots=True)
class EmissionResult:
    """A roll and whether this call made it; an existing one is returned as it is."""

    roll: TaxRoll
    is_new: bool


def emit_tax_roll(
    *,
    municipality: Municipality,
    year: int,
    kind: UnitKind,
    by: Actor,
    phase: Progress = UNSEEN,
    is_supplement: bool = False,
) -> EmissionResult:
    """The roll of that year and kind; a supplement is a new one after those that there are.

    Raises NoOrdinance, CadastreOpen, NothingToEmit, NothingToSupplement, InvalidOrdinance, NotAllowed.
    """
    check_can(by, "emit_tax_roll", municipality=municipality, on=today_in(municipality))
    with alone_in(municipality), one_snapshot():
        earlier = TaxRoll.objects.filter(municipality=municipality, year=year, kind=kind)
        last = earlier.order_by("supplement").last()
        if last is not None and not is_supplement:
            return EmissionResult(earlier.get(supplement=0), is_new=False)
        if last is None and is_supplement:
            raise NothingToSupplement(
                f"No hay emisión de {year} que complementar: emita primero la del año."
            )
        if person(by) is not None:
            _check_closed(municipality, year)
        supplement = 0 if last is None else last.supplement + 1
        return EmissionResult(_emit(municipality, year, kind, by, phase, supplement), is_new=True)


def _check_closed(municipality: Municipality, year: int) -> None:
    if not CadastreClosing.objects.filter(municipality=municipality, year=year - 1).exists():
        raise CadastreOpen(
            f"El catastro de {year - 1} no está cerrado: la Dirección de Avalúos lo cierra primero con "
            f"close_cadastre --municipality {municipality.slug} --year {year - 1}."
        )


def _emit(
    municipality: Municipality,
    year: int,
    kind: UnitKind,
    by: Actor,
    phase: Progress,
    supplement: int,
) -> TaxRoll:
    name = "urbano" if kind is UnitKind.URBAN else "rural"
    phase(f"{name}: leer el registro")
    began = timezone.now()
    ordinance = ordinance_in_force(municipality=municipality, year=year)
    facts = facts_of(ordinance, year=year)
    law = national_law(year)
    units = list(roll_units(municipality=municipality, ordinance=ordinance, year=year, facts=facts))
    if not units:
        raise NothingToEmit(
            f"{municipality.name} no tiene predios vigentes al 31 de diciembre de {year - 1}, que son los que "
            f"tributan en {year}. Si los cargó después, rigen desde ese día: cárguelos con "
            f"--valid-from {year - 1}-01-01, o emita otro año."
        )
    phase(f"{name}: calcular", len(units))
    assessed = assess_roll(units, ordinance=facts, law=law, year=year, progress=phase)
    if len(assessed.bills) + len(assessed.unbilled) != len(units):
        raise ControlTotalsDiffer(
            f"De {len(units)} predios se tratarían {len(assessed.bills) + len(assessed.unbilled)}: "
            "no se emitió ningún título. Avise a soporte."
        )
    phase(f"{name}: revisar la calidad")
    assessed = hold_back(assessed, _stopped_by_quality(municipality, year))
    bills = [bill for bill in assessed.bills if bill.assessment.kind is kind]
    unbilled = [row for row in assessed.unbilled if row.kind in (kind, None)]
    # Also in the year's first roll of a kind: a predio whose class was corrected has its title in the other's.
    titled = titled_units(municipality, year)
    bills = [bill for bill in bills if bill.unit.unit_id not in titled]
    unbilled = [row for row in unbilled if row.unit.unit_id not in titled]
    if supplement and not bills:
        raise NothingToSupplement(
            f"Todo predio {name} que se puede emitir tiene ya su título de {year}; "
            f"{len(unbilled)} siguen sin título por lo que les falta."
        )
    totals = control_totals(bills)
    operation = Operation.objects.create(
        municipality=municipality,
        verb="emit_tax_roll",
        made_by=person(by),
        valid_from=today_in(municipality),
        recorded_at=began,  # what is recorded from here on is not in it: a novedad
        reason=f"Emisión {'urbana' if kind is UnitKind.URBAN else 'rural'} {year}"
        + (f", complementaria {supplement}" if supplement else ""),
    )
    roll = TaxRoll.objects.create(
        municipality=municipality,
        year=year,
        kind=kind,
        supplement=supplement,
        needs_approval=person(by) is not None,
        ordinance=ordinance,
        operation=operation,
        register_hash=snapshot_hash(units),
        ordinance_hash=facts.content_hash,
        law_hash=law.content_hash,
        titles_count=len(bills),
        exceptions_count=len(unbilled),
        total=Decimal(totals["total"]),
        control_totals=totals,
    )
    phase(f"{name}: escribir {len(bills)} títulos")
    write_titles(roll, bills, accounts=facts.local.accounts)
    write_exceptions(roll, unbilled)
    doubts = write_doubts(roll, bills)
    lock_ordinance(ordinance)
    phase(f"{name}: comprobar los totales")
    check_totals(roll)
    record_audit_event(
        municipality=municipality,
        actor=by,
        action="emit_tax_roll",
        object_type="tax_roll",
        object_id=roll.pk,
        body={
            "year": year,
            "kind": kind.value,
            "supplement": supplement,
            "ordinance": ordinance.number,
            "ordinance_content": ordinance.content_hash,
            "doubts": doubts,
            "register_hash": roll.register_hash,
            "ordinance_hash": roll.ordinance_hash,
            "law_hash": roll.law_hash,
            "titles": len(bills),
            "exceptions": len(unbilled),
            "control_totals": totals,
        },
    )
    return roll


def _stopped_by_quality(municipality: Municipality, year: int) -> dict[UUID, str]:
    """Why quality rules keep a predio from a title, of the register as it stood on 31 December before."""
    stopped = stopped_in_town(municipality, moment=Moment.EMISSION, on=date(year - 1, 12, 31))
    return {unit: told_shortly(found, at_most=_REASON) for unit, found in stopped.items()}


@contextmanager
def alone_in(municipality: Municipality) -> Iterator[None]:
    """One emission at a time in a municipality; a second one waits and then finds the first's roll.

    Taken before the snapshot, so that what the first one wrote is in it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(3, %s)", [municipality.pk])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(3, %s)", [municipality.pk])


@contextmanager
def one_snapshot() -> Iterator[None]:
    """One transaction in which every query sees the same register; emissions inside it stand or fall together."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield

"""Emits the tax titles of one municipality, year and kind, in one transaction, once.

Snapshot of the register → the one assessor → titles and lines by COPY → control totals recomputed by the database.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from cadastre.models import Operation, TaxRoll
from cadastre.operations.assess_roll import Bill, assess_roll, hold_back
from cadastre.operations.write_titles import write_exceptions, write_titles
from cadastre.quality.rule import Moment
from cadastre.queries.ordinances import facts_of, ordinance_in_force
from cadastre.queries.quality_gate import stopped_in_town, told_shortly
from cadastre.queries.roll_snapshot import roll_units, snapshot_hash
from cadastre.taxation.national_law import national_law
from cadastre.valuation.facts import UnitKind
from gis_project.core.errors import Conflict, NotFound
from gis_project.core.progress import UNSEEN, Progress
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person

_CHECK = (Path(__file__).parent / "sql" / "roll_control_totals.sql").read_text()
_ZERO = Decimal("0.00")
_REASON = 500  # the column of an exception's reason


class NothingToEmit(NotFound):
    """No predio stood in the register on 31 December before the year: import it, or ask for another year."""

    code = "nothing_to_emit"


class ControlTotalsDiffer(Conflict):
    """The database adds the titles up to something else than the assessor did: nothing was written."""

    code = "control_totals_differ"


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
) -> EmissionResult:
    """The roll of that year and kind. Raises NoOrdinance, NothingToEmit, InvalidOrdinance, NotAllowed."""
    check_can(by, "emit_tax_roll", municipality=municipality, on=today_in(municipality))
    with alone_in(municipality), one_snapshot():
        existing = TaxRoll.objects.filter(
            municipality=municipality, year=year, kind=kind, supplement=0
        ).first()
        if existing is not None:
            return EmissionResult(existing, is_new=False)
        return EmissionResult(_emit(municipality, year, kind, by, phase), is_new=True)


def _emit(
    municipality: Municipality, year: int, kind: UnitKind, by: Actor, phase: Progress
) -> TaxRoll:
    name = "urbano" if kind is UnitKind.URBAN else "rural"
    phase(f"{name}: leer el registro")
    ordinance = ordinance_in_force(municipality=municipality, year=year)
    facts = facts_of(ordinance, year=year)
    law = national_law(year)
    units = list(roll_units(municipality=municipality, ordinance=ordinance, year=year))
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
    totals = _control_totals(bills)
    operation = Operation.objects.create(
        municipality=municipality,
        verb="emit_tax_roll",
        made_by=person(by),
        valid_from=today_in(municipality),
        recorded_at=timezone.now(),
        reason=f"Emisión {'urbana' if kind is UnitKind.URBAN else 'rural'} {year}",
    )
    roll = TaxRoll.objects.create(
        municipality=municipality,
        year=year,
        kind=kind,
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
    write_titles(roll, bills)
    write_exceptions(roll, unbilled)
    phase(f"{name}: comprobar los totales")
    _check_totals(roll)
    record_audit_event(
        municipality=municipality,
        actor=by,
        action="emit_tax_roll",
        object_type="tax_roll",
        object_id=roll.pk,
        body={
            "year": year,
            "kind": kind.value,
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


def _control_totals(bills: Sequence[Bill]) -> dict[str, Any]:
    by_concept: dict[str, Decimal] = defaultdict(lambda: _ZERO)
    by_parish: dict[str, Decimal] = defaultdict(lambda: _ZERO)
    for bill in bills:
        by_parish[bill.unit.parish_code] += bill.assessment.total
        for line in bill.assessment.lines:
            by_concept[line.concept] += line.amount
    return {
        "count": len(bills),
        "base": str(sum((bill.assessment.appraised_value for bill in bills), _ZERO)),
        "by_concept": {name: str(by_concept[name]) for name in sorted(by_concept)},
        "by_parish": {code: str(by_parish[code]) for code in sorted(by_parish)},
        "total": str(sum((bill.assessment.total for bill in bills), _ZERO)),
    }


def _check_totals(roll: TaxRoll) -> None:
    """The database adds up what it holds, by another way; any difference undoes the emission."""
    with connection.cursor() as cursor:
        cursor.execute(_CHECK, [roll.pk] * 4)
        [(count, total, lines_total, by_concept)] = cursor.fetchall()
    stored = roll.control_totals
    found = {"count": count, "total": str(total), "by_concept": json.loads(by_concept)}
    told = {key: stored[key] for key in ("count", "total", "by_concept")}
    if found != told or total != lines_total:
        raise ControlTotalsDiffer(
            "Los totales de control no coinciden: no se emitió ningún título. Avise a soporte.",
            details={"database": found, "assessor": told, "lines_total": str(lines_total)},
        )

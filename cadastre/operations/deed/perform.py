"""The frame of every act: permission → documents and debts → locks → the act itself → laws → audit.

``performing`` is one transaction. A dry run goes the whole way, so that what it shows is what will be,
and is undone at the end; what would stop the real act is told as obstacles instead of raised.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction

from cadastre.acts.act_law import ActLaw, act_law, needs_second_person
from cadastre.acts.required_sources import valid_from
from cadastre.models import Operation, PropertyUnit
from cadastre.operations.deed.evidence import weigh
from cadastre.operations.deed.filing import Deed, Evidence, Filing
from cadastre.operations.deed.inscription_once import former_acts, obstacles_of_inscriptions
from cadastre.operations.deed.locks import lock_units, touch_units
from cadastre.operations.deed.numbers import number_units
from cadastre.operations.deed.obstacles import (
    obstacles_of_burdens,
    obstacles_of_debts,
    obstacles_of_sources,
)
from cadastre.operations.deed.outcome import Obstacle, Outcome, UnitState
from cadastre.operations.deed.rows import OutOfOrder, RegisterMovedOn
from cadastre.queries.unit_states import unit_states
from gis_project.core.canonical import sha256_hex
from gis_project.core.errors import Conflict, InvalidInput, NotAllowed
from gis_project.core.units import format_m2
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import check_can, person
from gis_project.territory.scoped_postgis.prepared import run_prepared

_OPEN = (Path(__file__).parent / "sql" / "open_act.sql").read_text(encoding="utf-8")


class SecondPersonNeeded(NotAllowed):
    """Nobody makes this act alone: submit a proposal, and somebody else approves it."""

    code = "second_person_needed"


class ReasonMissing(InvalidInput):
    """Every act says why it is made: write the reason."""

    code = "reason_missing"


class GroundTaken(Conflict):
    """The new ground overlaps another predio: correct the line there."""

    code = "ground_taken"


class BeforeThePredio(OutOfOrder):
    """The act would be valid before its predio was in the register: correct the document's date, or the predio."""

    code = "before_the_predio"


class SharesNotWhole(InvalidInput):
    """The shares of dominio do not add up to one: correct them, or declare the group undetermined."""

    code = "shares_not_whole"


class KeyTaken(Conflict):
    """Another predio bears that key: use another one."""

    code = "key_taken"


class NumberTaken(Conflict):
    """Another predio bears that número de predio: use another one."""

    code = "number_taken"


@dataclass(slots=True)
class Work:
    """What an act's own part fills in: ``deed`` to write with, ``units`` locked, ``made`` the new predios."""

    deed: Deed
    units: list[PropertyUnit]
    before: tuple[UnitState, ...]
    obstacles: list[Obstacle]
    made: list[PropertyUnit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    outcome: Outcome | None = None

    @property
    def done(self) -> Outcome:
        """The outcome; only once the block has ended."""
        if self.outcome is None:
            raise RuntimeError("performing has not ended")
        return self.outcome


@contextmanager
def performing(
    verb: str,
    *,
    municipality: Municipality,
    units: Sequence[PropertyUnit],
    filing: Filing,
    cause: str = "",
    told: Mapping[str, Any] | None = None,
) -> Iterator[Work]:
    """A block in which the act writes; afterwards ``work.done`` is its outcome.

    ``told``: the inputs upon which it depends whether a second person must approve, where the law names any.
    Raises NotAllowed, SourcesMissing, SourceIncomplete, SourceNotConfirmed, InscriptionUsed, DebtsOpen,
    BurdenForbids, RegisterMovedOn, PredioRetired, PredioObserved, OutOfOrder, BeforeThePredio, and what the
    database's laws refuse as GroundTaken, SharesNotWhole, KeyTaken.
    """
    today = today_in(municipality)
    law = act_law(verb, cause=cause, on=today)
    _check_may(filing, law, municipality, today, told or {})
    if not filing.reason.strip():
        raise ReasonMissing("Escriba el motivo del acto.")
    evidence = weigh(law, filing, on=today)
    obstacles = [*evidence.obstacles, *obstacles_of_sources(law, filing, evidence)]
    since = valid_from(law, evidence.brought, today=today)
    is_within = transaction.get_connection().in_atomic_block
    with transaction.atomic(), _translated():
        if is_within:  # what an act before this one made immediate
            run_prepared("SET CONSTRAINTS ALL DEFERRED")
        locked = lock_units(
            municipality, units, revisions=filing.revisions, mends_observed=law.mends_observed
        )
        before = unit_states([unit.pk for unit in locked], on=since)
        _check_there(before, since)
        obstacles += obstacles_of_debts(law, filing, evidence, locked, today)
        obstacles += obstacles_of_burdens(law, filing, evidence, before)
        former = former_acts(evidence)
        obstacles += obstacles_of_inscriptions(law, filing, former, locked, today)
        operation = _opened(municipality, law, filing, evidence, since)
        deed = Deed(
            municipality=municipality,
            operation=operation,
            law=law,
            valid_from=since,
            recorded_at=operation.recorded_at,
            today=today,
            filing=filing,
            evidence=evidence,
            former=frozenset(act.pk for _, acts in former for act in acts),
        )
        work = Work(deed, locked, before, obstacles)
        yield work
        touch_units(locked, retired=work.deed.retired)
        run_prepared("SET CONSTRAINTS ALL IMMEDIATE")
        number_units(municipality, work.made)
        _finish(work)
        if filing.inspect is not None:
            filing.inspect(work.done)
        if filing.dry_run:
            transaction.set_rollback(True)


def _check_may(
    filing: Filing, law: ActLaw, municipality: Municipality, today: date, told: Mapping[str, Any]
) -> None:
    check_can(filing.by, "edit_parcels", municipality=municipality, on=today)
    who = person(filing.by)
    if filing.dry_run or who is None or not needs_second_person(law, told):
        return
    if filing.approved_by is None or filing.approved_by == who:
        raise SecondPersonNeeded(
            f"«{law.title}» necesita la aprobación de otra persona: presente una propuesta."
        )


def _check_there(units: Sequence[UnitState], since: date) -> None:
    """No act is valid before the predio it changes was there; BeforeThePredio."""
    for began in (unit.began for unit in units):
        if began is not None and began > since:
            raise BeforeThePredio(
                f"El predio consta en el catastro desde el {began:%d/%m/%Y} y el acto sería vigente desde el "
                f"{since:%d/%m/%Y}: revise la fecha del documento, o de cuál predio trata.",
                details={"began": began.isoformat(), "valid_from": since.isoformat()},
            )


def _opened(
    municipality: Municipality, law: ActLaw, filing: Filing, evidence: Evidence, since: date
) -> Operation:
    """The act's own row, written with the documents that the filing brings."""
    operation = Operation(
        municipality=municipality,
        verb=law.verb,
        cause=law.cause,
        source=evidence.sources[0] if evidence.sources else None,
        made_by=person(filing.by),
        valid_from=since,
        reason=filing.reason,
    )
    asked = {
        "act": operation.pk,
        "town": municipality.pk,
        "verb": operation.verb,
        "cause": operation.cause,
        "source": operation.source_id,
        "made_by": operation.made_by_id,
        "valid_from": since,
        "reason": operation.reason,
        "sources": list(dict.fromkeys(source.pk for source in filing.sources)),
    }
    ((operation.recorded_at,),) = run_prepared(_OPEN, asked)
    operation._state.adding = False
    return operation


def _finish(work: Work) -> None:
    deed = work.deed
    concerned: list[UUID] = [unit.pk for unit in (*work.units, *work.made)]
    after = unit_states(list(dict.fromkeys(concerned)), on=deed.valid_from)
    work.outcome = Outcome(
        operation_id=deed.operation.pk,
        verb=deed.law.verb,
        cause=deed.law.cause,
        title=deed.law.title,
        valid_from=deed.valid_from,
        before=work.before,
        after=after,
        ledger=tuple(sorted(deed.ledger, key=_in_order)),
        obstacles=tuple(work.obstacles),
        notes=tuple(work.notes),
        facts=work.facts,
    )
    record_audit_event(
        municipality=deed.municipality,
        actor=deed.filing.by,
        action=deed.law.verb,
        object_type="cadastre.Operation",
        object_id=deed.operation.pk,
        body={
            "cause": deed.law.cause,
            "valid_from": deed.valid_from,
            "sources": [source.pk for source in deed.filing.sources],
            "units": concerned,
            "before": sha256_hex([state.plain() for state in work.before]),
            "after": sha256_hex([state.plain() for state in after]),
        },
    )


def _in_order(line: tuple[UUID | None, str, Decimal]) -> tuple[str, bool, str]:
    parcel, kind, _ = line
    return (kind, parcel is None, str(parcel))


@contextmanager
def _translated() -> Iterator[None]:
    """What the database's laws refuse, in words; anything else passes unchanged."""
    try:
        yield
    except (IntegrityError, OperationalError) as error:
        refusal = _refusal(error)
        if refusal is None:
            raise
        raise refusal from error


def _refusal(error: Exception) -> Exception | None:
    cause = error.__cause__
    diagnosis = getattr(cause, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    if name == "no_overlap":
        facts = json.loads(diagnosis.message_detail)  # type: ignore[union-attr]
        return GroundTaken(
            f"El terreno se traslapa con otro predio en {format_m2(float(facts['area_m2']))}: corrija ahí "
            "el lindero.",
            details=facts,
        )
    if name in ("shares_are_whole", "members_are_whole"):
        return SharesNotWhole(
            "Las cuotas no suman la unidad: corríjalas, o declare la comunidad sin cuotas determinadas."
        )
    if name in ("key_belongs_to_one_unit", "unit_has_one_principal_key"):
        return KeyTaken("Otro predio tiene ya esa clave: use otra.")
    if name == "property_unit_number_once":
        return NumberTaken("Otro predio tiene ya ese número: use otro.")
    if getattr(cause, "sqlstate", None) in ("40P01", "55P03"):
        return RegisterMovedOn(
            "Otro acto trabaja sobre el mismo terreno: espere un momento y vuelva a intentarlo."
        )
    if name == "parcel_version_one_truth_a_day":
        return RegisterMovedOn(
            "Otra persona cambió el predio mientras tanto: vuelva a abrirlo y revise la diferencia."
        )
    return None

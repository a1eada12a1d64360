"""Bills of a whole municipality: each predio valued, each taxpayer assessed, what cannot be billed listed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cadastre.queries.roll_snapshot import RollUnit
from cadastre.taxation.assess_taxpayer import (
    IncompletePortfolio,
    UnitAssessment,
    assess_taxpayer,
)
from cadastre.taxation.national_law import NationalLaw
from cadastre.valuation.appraise import appraise
from cadastre.valuation.facts import AppraisedUnit, MissingInput, UnitKind
from cadastre.valuation.local_taxes import ChargeBasis
from cadastre.valuation.ordinance import InvalidOrdinance, OrdinanceFacts
from gis_project.core.progress import UNSEEN, Progress, tracked


@dataclass(frozen=True, slots=True)
class Bill:
    """One predio's assessment with what it was made of."""

    unit: RollUnit
    held: AppraisedUnit
    assessment: UnitAssessment


@dataclass(frozen=True, slots=True)
class Unbilled:
    """A predio that gets no title, why, and of which emission it would be (None: unknown)."""

    unit: RollUnit
    kind: UnitKind | None
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class AssessedRoll:
    """All predios once: bills and unbilled ones, each in the order of the keys."""

    bills: tuple[Bill, ...]
    unbilled: tuple[Unbilled, ...]


def assess_roll(
    units: Sequence[RollUnit],
    *,
    ordinance: OrdinanceFacts,
    law: NationalLaw,
    year: int,
    progress: Progress = UNSEEN,
) -> AssessedRoll:
    """One bill or one reason for each unit; a taxpayer is the whole set of a predio's holders.

    Raises ``InvalidOrdinance`` for one that taxes by facts that the roll does not read.
    """
    _check_facts_are_read(ordinance)
    unbilled: list[Unbilled] = []
    held: dict[frozenset[UUID], list[tuple[RollUnit, AppraisedUnit]]] = defaultdict(list)
    unvalued: dict[frozenset[UUID], set[UnitKind]] = defaultdict(set)
    for unit in tracked(units, progress):
        if unit.facts is None:
            unbilled.append(_without_ground(unit))
            # Its value and even its kind are unknown: it might set the rate of any other predio.
            unvalued[frozenset(unit.holders)].update(UnitKind)
            continue
        group = frozenset(unit.holders)
        try:
            appraisal = appraise(unit.facts, ordinance)
        except MissingInput as missing:
            unbilled.append(Unbilled(unit, unit.facts.kind, missing.what, missing.message))
            unvalued[group].add(unit.facts.kind)
            continue
        if not group:
            unbilled.append(_without_holder(unit))
            continue
        held[group].append((unit, AppraisedUnit(unit.facts, appraisal)))
    bills: list[Bill] = []
    for group, holdings in held.items():
        for kind in UnitKind:
            mine = [pair for pair in holdings if pair[1].unit.kind is kind]
            if not mine:
                continue
            try:
                assessments = assess_taxpayer(
                    holdings=[appraised for _, appraised in mine],
                    ordinance=ordinance,
                    law=law,
                    year=year,
                    unvalued_kinds=frozenset(unvalued.get(group, ())),
                )
            except IncompletePortfolio as refusal:
                unbilled.extend(
                    Unbilled(unit, kind, "PORTFOLIO", refusal.message) for unit, _ in mine
                )
                continue
            bills.extend(
                Bill(unit, appraised, assessment)
                for (unit, appraised), assessment in zip(mine, assessments, strict=True)
            )
    bills.sort(key=lambda bill: (bill.unit.key, bill.unit.unit_id))
    unbilled.sort(key=lambda row: (row.unit.key, row.unit.unit_id))
    return AssessedRoll(tuple(bills), tuple(unbilled))


def _check_facts_are_read(ordinance: OrdinanceFacts) -> None:
    """Works, the facts of a lot and uses of services would be taken for none, and bills come out too low."""
    found = ["valuation.works"] if ordinance.methods.works else []
    found += [f"applied_taxes: {tax}" for tax in sorted(ordinance.local.applied_taxes)]
    found += [
        f"service_charges: {charge.code} (PER_UNIT)"
        for charge in ordinance.local.service_charges
        if charge.basis is ChargeBasis.PER_UNIT
    ]
    if found:
        raise InvalidOrdinance(
            f"La ordenanza {ordinance.number} manda cobrar por datos que la emisión todavía no lee "
            f"({'; '.join(found)}): no se emite de un modo distinto del que ella manda. Quite esos "
            "miembros y cóbrelos aparte, o espere a que el catastro los lea."
        )


def hold_back(assessed: AssessedRoll, reasons: Mapping[UUID, str]) -> AssessedRoll:
    """The roll without the bills of these predios, which are listed with their reason instead.

    Their value still counts in what their owners pay for others: it is known, only not fit to be charged.
    """
    held = [
        Unbilled(bill.unit, bill.assessment.kind, "QUALITY", reasons[bill.unit.unit_id])
        for bill in assessed.bills
        if bill.unit.unit_id in reasons
    ]
    return AssessedRoll(
        tuple(bill for bill in assessed.bills if bill.unit.unit_id not in reasons),
        tuple(
            sorted((*assessed.unbilled, *held), key=lambda row: (row.unit.key, row.unit.unit_id))
        ),
    )


def _without_ground(unit: RollUnit) -> Unbilled:
    return Unbilled(
        unit,
        None,
        "GROUND",
        "El predio no tiene terreno registrado a esa fecha: asócielo a un terreno o complete su ficha.",
    )


def _without_holder(unit: RollUnit) -> Unbilled:
    kind = unit.facts.kind if unit.facts else None
    return Unbilled(
        unit,
        kind,
        "HOLDER",
        "El predio no tiene titular registrado: complete la tenencia para emitir su título.",
    )

"""Bills of a whole municipality: each predio valued, each taxpayer assessed, what cannot be billed listed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cadastre.queries.roll_snapshot import RollUnit
from cadastre.taxation.assess_co_owners import assess_co_owners
from cadastre.taxation.assess_taxpayer import (
    IncompletePortfolio,
    UnitAssessment,
    assess_taxpayer,
)
from cadastre.taxation.exemptions import check_grants
from cadastre.taxation.national_law import NationalLaw
from cadastre.taxation.relief import PartsAboveOne, UnknownGrant
from cadastre.valuation.appraise import appraise
from cadastre.valuation.facts import AppraisedUnit, MissingInput, UnitKind
from cadastre.valuation.local_taxes import Accumulation
from cadastre.valuation.ordinance import OrdinanceFacts
from gis_project.core.progress import UNSEEN, Progress, tracked

_Held = tuple[RollUnit, AppraisedUnit]


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
    """One bill or one reason for each unit.

    A taxpayer is the whole set of a predio's holders, or each co-owner with his shares: as the ordinance
    accumulates. What a bill leaves open stands in its doubts.
    """
    valued: list[_Held] = []
    unbilled: list[Unbilled] = []
    # Taxpayers of predios without value: it might set the rate of any other of theirs, so each kind is listed.
    waiting: list[tuple[RollUnit, frozenset[UnitKind]]] = []
    for unit in tracked(units, progress):
        found = _valued(unit, ordinance, law)
        if isinstance(found, Unbilled):
            unbilled.append(found)
            waiting.append((unit, frozenset(UnitKind if found.kind is None else (found.kind,))))
        elif not unit.holders:
            unbilled.append(_without_holder(unit))
        else:
            valued.append((unit, found))
    assess = (
        _by_shares if ordinance.local.accumulation is Accumulation.SHARES else _by_group_of_holders
    )
    bills: list[Bill] = []
    for (unit, held), made in assess(valued, waiting, ordinance, law, year):
        if isinstance(made, IncompletePortfolio):
            unbilled.append(Unbilled(unit, held.unit.kind, "PORTFOLIO", made.message))
        else:
            bills.append(Bill(unit, held, made))
    bills.sort(key=lambda bill: (bill.unit.key, bill.unit.unit_id))
    unbilled.sort(key=lambda row: (row.unit.key, row.unit.unit_id))
    return AssessedRoll(tuple(bills), tuple(unbilled))


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


def _valued(
    unit: RollUnit, ordinance: OrdinanceFacts, law: NationalLaw
) -> AppraisedUnit | Unbilled:
    """The predio with its value, or why it has none; an act that cannot be followed stops it too."""
    if unit.facts is None:
        return _without_ground(unit)
    try:
        held = AppraisedUnit(unit.facts, appraise(unit.facts, ordinance), unit.standing)
        check_grants(held, ordinance, law)
    except MissingInput as missing:
        return Unbilled(unit, unit.facts.kind, missing.what, missing.message)
    except (UnknownGrant, PartsAboveOne) as refusal:
        return Unbilled(unit, unit.facts.kind, "GRANT", refusal.message)
    return held


def _by_group_of_holders(
    valued: Sequence[_Held],
    waiting: Sequence[tuple[RollUnit, frozenset[UnitKind]]],
    ordinance: OrdinanceFacts,
    law: NationalLaw,
    year: int,
) -> Iterator[tuple[_Held, UnitAssessment | IncompletePortfolio]]:
    groups: dict[frozenset[UUID], list[_Held]] = defaultdict(list)
    for pair in valued:
        groups[frozenset(pair[0].holders)].append(pair)
    unvalued: dict[frozenset[UUID], set[UnitKind]] = defaultdict(set)
    for unit, kinds in waiting:
        unvalued[frozenset(unit.holders)].update(kinds)
    for group, holdings in groups.items():
        for kind in UnitKind:
            mine = [pair for pair in holdings if pair[1].unit.kind is kind]
            if not mine:
                continue
            try:
                made: Sequence[UnitAssessment | IncompletePortfolio] = assess_taxpayer(
                    holdings=[held for _, held in mine],
                    ordinance=ordinance,
                    law=law,
                    year=year,
                    unvalued_kinds=frozenset(unvalued.get(group, ())),
                )
            except IncompletePortfolio as refusal:
                made = [refusal] * len(mine)
            yield from zip(mine, made, strict=True)


def _by_shares(
    valued: Sequence[_Held],
    waiting: Sequence[tuple[RollUnit, frozenset[UnitKind]]],
    ordinance: OrdinanceFacts,
    law: NationalLaw,
    year: int,
) -> Iterator[tuple[_Held, UnitAssessment | IncompletePortfolio]]:
    unvalued: dict[str, frozenset[UnitKind]] = {}
    for unit, kinds in waiting:
        for holder in unit.standing.holders:
            known = unvalued.get(holder.taxpayer_id, frozenset())
            unvalued[holder.taxpayer_id] = known | kinds
    made = assess_co_owners(
        holdings=[held for _, held in valued],
        ordinance=ordinance,
        law=law,
        year=year,
        unvalued=unvalued,
    )
    yield from zip(valued, made, strict=True)


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

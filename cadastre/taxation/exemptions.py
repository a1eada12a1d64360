"""The taxable value of a predio: every exemption and deduction tried in one fixed order, and said.

1 holders (509 b, 520) · 2 permanent, by act (509, 520) · 3 low value (509 a, 520 a) · 4 temporary, by
act (510) · 5 the council's own on the value · 6 rural deductions (520, 521) · 7 mortgage (503) · 8 each
elderly holder on his share · 9 on the tax: disability, the council's own. What frees all ends the list.
Later steps see what earlier ones left; the value never goes below zero.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from cadastre.taxation.co_ownership import slices
from cadastre.taxation.disability_exemption import disability_exemption
from cadastre.taxation.elderly_exemption import elderly_exemption
from cadastre.taxation.granted_exemptions import check_parts, granted_exemption
from cadastre.taxation.holder_exemption import exempt_holders
from cadastre.taxation.local_exemptions import local_exemption
from cadastre.taxation.low_value_exemption import low_value_limit, sbu_of
from cadastre.taxation.mortgage_deduction import mortgage_deduction
from cadastre.taxation.national_law import NationalLaw
from cadastre.taxation.national_rules import GrantedRule
from cadastre.taxation.relief import (
    Considered,
    Doubt,
    Outcome,
    OwnTax,
    Relief,
    TaxRelief,
    UnknownGrant,
)
from cadastre.valuation.facts import AppraisedUnit, UnitKind
from cadastre.valuation.local_taxes import ReliefOn
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.tax_standing import NOTHING_KNOWN, Grant
from gis_project.core.money import ZERO, format_usd
from gis_project.core.quantity import Operation, Quantity, derived, given


@dataclass(frozen=True, slots=True)
class TotalExemption:
    """Why a predio pays no property tax at all; ``is_standing``: by its holders or a permanent act."""

    note: str
    citation: str
    is_standing: bool


@dataclass(frozen=True, slots=True)
class Taxable:
    """The taxable value with all that made it. ``own`` are the holders' taxable slices, in order.

    ``base_from`` is None where nothing was taken. ``considered`` and ``doubts`` are for officials.
    """

    value: Decimal
    taxable: Decimal
    base_from: Quantity | None
    exemption: TotalExemption | None
    own: tuple[Quantity, ...]
    tax_reliefs: tuple[TaxRelief, ...]
    considered: tuple[Considered, ...]
    doubts: tuple[Doubt, ...]


def taxable_value(held: AppraisedUnit, ordinance: OrdinanceFacts, law: NationalLaw) -> Taxable:
    """The taxable value of ``held`` in the law's year; raises ``UnknownGrant``, ``PartsAboveOne``."""
    value = held.appraisal.total
    exempt = _exempt(held, ordinance, law)
    if held.standing == NOTHING_KNOWN:
        if exempt is not None:
            return Taxable(value, ZERO, None, exempt, (), (), (), ())
        return _with_local_rules(held, ordinance, law)
    check_grants(held, ordinance, law)
    return _in_order(held, ordinance, law, exempt)


def personal_reliefs(
    held: AppraisedUnit, amount: Quantity, ordinance: OrdinanceFacts, law: NationalLaw, *, tax: str
) -> tuple[list[Quantity], list[tuple[Outcome, int]]]:
    """The holders' slices of ``amount``, and what each one's age takes from his (with his place)."""
    holders = held.standing.holders
    own = slices(amount, holders) if holders else []
    found = []
    if tax in law.elderly.applies_to:
        for place, (holder, part) in enumerate(zip(holders, own, strict=True)):
            outcome = elderly_exemption(
                holder,
                part,
                law.elderly,
                test=ordinance.local.elderly_test,
                sbu=sbu_of(ordinance, law),
                year=law.year,
                unit_id=held.unit.unit_id,
            )
            found.append((outcome, place))
    return own, found


def _exempt(
    held: AppraisedUnit, ordinance: OrdinanceFacts, law: NationalLaw
) -> TotalExemption | None:
    # Whose it is comes first: that holds whatever the predio is worth.
    holders = exempt_holders(held.unit, law)
    if holders is not None:
        return TotalExemption(
            f"exento: todos sus titulares son {holders.holders_es}",
            law.exempt_holders_citation,
            True,
        )
    by_acts = _Told()
    by_acts.take_granted(held, law, permanent=True, remaining=held.appraisal.total)
    if by_acts.total_exemption is not None:
        return replace(by_acts.total_exemption, is_standing=True)
    value, limit = held.appraisal.total, low_value_limit(held.unit, ordinance, law)
    if limit is not None and value <= limit:
        return TotalExemption(
            f"exento: su avalúo {format_usd(value)} no pasa de {format_usd(limit)}",
            law.low_value_citation,
            False,
        )
    return None


def _granted(
    held: AppraisedUnit, law: NationalLaw, *, permanent: bool | None
) -> Iterator[tuple[GrantedRule, Grant]]:
    """The acts' grants with their rules: permanent ones, the others, or (None) rural deductions."""
    for grant in held.standing.grants:
        for rule in law.granted:
            is_deduction = rule.frees == "AMOUNT"
            is_permanent = rule.frees == "UNIT" and rule.years is None and rule.value_cap is None
            group = None if is_deduction else is_permanent
            if (
                rule.code == grant.code
                and rule.kind in (None, held.unit.kind)
                and group is permanent
            ):
                yield rule, grant


def check_grants(held: AppraisedUnit, ordinance: OrdinanceFacts, law: NationalLaw) -> None:
    """Raise ``UnknownGrant`` or ``PartsAboveOne`` where the acts of ``held`` cannot be followed."""
    if not held.standing.grants:
        return
    known = {rule.code for rule in law.granted if rule.kind in (None, held.unit.kind)}
    known |= {rule.code for rule in ordinance.local.exemptions}
    for grant in held.standing.grants:
        if grant.code not in known:
            raise UnknownGrant(
                f"El predio {held.unit.key} tiene concedida «{grant.code}», que ni la ley ni la "
                "ordenanza conocen para su clase: corrija el código o cargue la ordenanza.",
                details={"unit_id": held.unit.unit_id, "code": grant.code},
            )
    check_parts(
        held, [rule for rule in law.granted if rule.kind in (None, held.unit.kind)], law.year
    )


def _with_local_rules(held: AppraisedUnit, ordinance: OrdinanceFacts, law: NationalLaw) -> Taxable:
    value = held.appraisal.total
    if not any(not rule.needs_grant for rule in ordinance.local.exemptions):
        return Taxable(value, value, None, None, (), (), (), ())
    return _in_order(held, ordinance, law, None)


def _in_order(
    held: AppraisedUnit,
    ordinance: OrdinanceFacts,
    law: NationalLaw,
    exempt: TotalExemption | None,
) -> Taxable:
    value, told = held.appraisal.total, _Told()
    if exempt is not None:
        return Taxable(
            value, ZERO, None, exempt, (), (), (Considered("EXEMPT", True, exempt.note),), ()
        )
    remaining = told.take_granted(held, law, permanent=True, remaining=value)
    remaining = told.take_granted(held, law, permanent=False, remaining=remaining)
    for rule in ordinance.local.exemptions:
        if rule.on is ReliefOn.BASE:
            found = local_exemption(rule, held, year=law.year, remaining=remaining)
            remaining = told.take([found], remaining)
    remaining = told.take_granted(held, law, permanent=None, remaining=remaining)
    if held.unit.kind is UnitKind.URBAN:
        percent = ordinance.local.mortgage_percent
        mortgage = mortgage_deduction(
            held, law.mortgage, percent=percent, year=law.year, remaining=remaining
        )
        remaining = told.take([mortgage], remaining)
    last = told.total_exemption
    if last is not None:
        return Taxable(value, ZERO, None, last, (), (), tuple(told.considered), tuple(told.doubts))
    return _personal(held, ordinance, law, told, remaining)


def _personal(
    held: AppraisedUnit,
    ordinance: OrdinanceFacts,
    law: NationalLaw,
    told: "_Told",
    remaining: Decimal,
) -> Taxable:
    value = held.appraisal.total
    base = told.base(value)
    own, elderly = personal_reliefs(held, base, ordinance, law, tax="PROPERTY_TAX")
    for outcome, place in elderly:
        told.take([outcome], remaining)
        for relief in outcome.reliefs:
            parts = [own[place], relief.shown]
            own[place] = derived("OWN_BASE", "Base de la cuota", Operation.DIFFERENCE, parts)
    base = told.base(value)
    for place, (holder, part) in enumerate(zip(held.standing.holders, own, strict=True)):
        told.take(
            [
                disability_exemption(
                    holder,
                    OwnTax(place, part.value, base.value),
                    law.disability,
                    value=value,
                    sbu=sbu_of(ordinance, law),
                )
            ],
            remaining,
        )
    for rule in ordinance.local.exemptions:
        if rule.on is ReliefOn.TAX:
            told.take([local_exemption(rule, held, year=law.year, remaining=base.value)], remaining)
    return Taxable(
        value,
        base.value,
        base if told.reliefs else None,
        None,
        tuple(own),
        tuple(told.tax_reliefs),
        tuple(told.considered),
        tuple(told.doubts),
    )


class _Told:
    """What the steps found so far."""

    def __init__(self) -> None:
        self.reliefs: list[Relief] = []
        self.tax_reliefs: list[TaxRelief] = []
        self.considered: list[Considered] = []
        self.doubts: list[Doubt] = []

    def take_granted(
        self,
        held: AppraisedUnit,
        law: NationalLaw,
        *,
        permanent: bool | None,
        remaining: Decimal,
    ) -> Decimal:
        """Try one group of the acts' grants, each on what the one before left; what remains."""
        for rule, grant in _granted(held, law, permanent=permanent):
            freed = sum((one.amount.value for one in self.reliefs if one.of_buildings), ZERO)
            found = granted_exemption(
                rule, grant, held, year=law.year, remaining=remaining, freed_buildings=freed
            )
            remaining = self.take([found], remaining)
        return remaining

    def take(self, outcomes: list[Outcome], remaining: Decimal) -> Decimal:
        """Write the outcomes down; what remains of the value after them."""
        for outcome in outcomes:
            for relief in outcome.reliefs:
                if relief.amount.value > remaining:
                    most = given("REMAINING", "Lo que queda por gravar", remaining)
                    amount = derived(
                        "RELIEF", relief.label_es, Operation.MINIMUM, [relief.amount, most]
                    )
                    relief = relief._replace(amount=amount)
                if relief.amount.value:
                    self.reliefs.append(relief)
                    remaining -= relief.amount.value
            self.tax_reliefs += outcome.tax_reliefs
            self.considered += outcome.considered
            self.doubts += outcome.doubts
        return remaining

    def base(self, value: Decimal) -> Quantity:
        """The value less the reliefs, as a step of the bill."""
        parts = [given("APPRAISED_VALUE", "Avalúo", value)]
        parts += [relief.shown for relief in self.reliefs]
        if len(parts) == 1:
            return parts[0]
        return derived("TAXABLE_VALUE", "Valor imponible", Operation.DIFFERENCE, parts)

    @property
    def total_exemption(self) -> TotalExemption | None:
        """The one relief that freed the whole predio, if there was one."""
        for relief in self.reliefs:
            if relief.frees_all:
                return TotalExemption(f"exento: {relief.label_es}", relief.citation, False)
        return None

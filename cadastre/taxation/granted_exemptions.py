"""Exemptions and deductions that an act grants to a predio (COOTAD Arts. 509, 510, 520, 521).

The act gives code, years and, where it matters, a part or an amount; the law gives what the code
frees, for how long, and up to which value. A code that nobody knows stops the predio.
"""

from collections.abc import Sequence
from decimal import Decimal

from cadastre.taxation.national_rules import GrantedRule
from cadastre.taxation.relief import Considered, Doubt, Outcome, PartsAboveOne, Relief
from cadastre.valuation.facts import AppraisedUnit
from cadastre.valuation.tax_standing import Grant
from gis_project.core.money import ZERO, format_usd, to_cents
from gis_project.core.quantity import Operation, Quantity, derived, given

_ONE = Decimal(1)


def granted_exemption(
    rule: GrantedRule,
    grant: Grant,
    held: AppraisedUnit,
    *,
    year: int,
    remaining: Decimal,
    freed_buildings: Decimal,
) -> Outcome:
    """What ``grant`` takes from the ``remaining`` value in tax year ``year``.

    ``freed_buildings`` is what earlier grants took of the buildings' value: nothing is freed twice.
    """
    value = held.appraisal.total
    if not _is_in_force(rule, grant, year):
        return _not(rule, f"no rige en {year}")
    if rule.value_cap is not None and value > rule.value_cap:
        return _not(rule, f"su avalúo {format_usd(value)} pasa de {format_usd(rule.value_cap)}")
    if rule.frees == "AMOUNT" and grant.amount is None:
        doubt = Doubt("AMOUNT", held.unit.unit_id)
        return _not(rule, "el acto no dice el monto")._replace(doubts=(doubt,))
    freed = _freed(rule, grant, held, remaining, freed_buildings)
    citation = f"{rule.citation}; {grant.act}" if grant.act else rule.citation
    frees_all = rule.frees == "UNIT" and grant.part is None and grant.amount is None
    relief = Relief(
        rule.code,
        rule.label_es,
        freed._replace(citation=citation),
        citation,
        frees_all=frees_all,
        of_buildings=rule.frees == "BUILDINGS",
    )
    return Outcome((relief,), considered=(Considered(rule.code, True, rule.label_es),))


def check_parts(held: AppraisedUnit, rules: Sequence[GrantedRule], year: int) -> None:
    """Raise ``PartsAboveOne`` where the parts of one code that hold in ``year`` sum above the whole."""
    for rule in rules:
        parts = [
            grant.part or ZERO
            for grant in held.standing.grants
            if grant.code == rule.code and _is_in_force(rule, grant, year)
        ]
        if sum(parts) > _ONE:
            raise PartsAboveOne(
                f"Las partes del predio {held.unit.key} a las que se concede «{rule.code}» en {year} "
                f"suman {sum(parts):f}, más que el todo: corrija los actos.",
                details={"unit_id": held.unit.unit_id, "code": rule.code},
            )


def _is_in_force(rule: GrantedRule, grant: Grant, year: int) -> bool:
    until = last_year(grant, rule.years)
    return grant.from_year <= year and (until is None or year <= until)


def last_year(grant: Grant, years: int | None) -> int | None:
    """The last tax year of the grant: the act's, the law's, or the earlier of both."""
    ends = [] if grant.until_year is None else [grant.until_year]
    if years is not None:
        ends.append(grant.from_year + years - 1)
    return min(ends, default=None)


def _freed(
    rule: GrantedRule,
    grant: Grant,
    held: AppraisedUnit,
    remaining: Decimal,
    freed_buildings: Decimal,
) -> Quantity:
    most = given("REMAINING", "Lo que queda por gravar", remaining)
    if rule.frees == "AMOUNT" or grant.amount is not None:
        wanted = given("GRANTED_AMOUNT", "Monto del acto", to_cents(grant.amount or ZERO))
    elif rule.frees == "BUILDINGS":
        wanted = given("BUILDINGS_VALUE", "Valor de las edificaciones", held.appraisal.buildings)
    else:
        wanted = given("APPRAISED_VALUE", "Avalúo", held.appraisal.total)
    if grant.part is not None and grant.part != _ONE:
        part = given("PART", "Parte del acto", grant.part)
        wanted = derived("PART_OF", "Parte", Operation.PRODUCT, [wanted, part], decimals=2)
    if rule.frees == "BUILDINGS":
        buildings = given("BUILDINGS_VALUE", "Valor de las edificaciones", held.appraisal.buildings)
        if freed_buildings:
            freed = given("BUILDINGS_FREED", "Ya liberado por otro acto", freed_buildings)
            parts = [buildings, freed]
            buildings = derived(
                "BUILDINGS_LEFT", "Lo que queda de ellas", Operation.DIFFERENCE, parts
            )
        most = most if remaining <= buildings.value else buildings
    return derived("RELIEF", rule.label_es, Operation.MINIMUM, [wanted, most])


def _not(rule: GrantedRule, why: str) -> Outcome:
    return Outcome(considered=(Considered(rule.code, False, why),))

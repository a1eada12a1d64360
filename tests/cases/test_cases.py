"""The one runner of the case tables: worked examples that an official can read and extend.

A table ``<package>/<stem>.toml`` holds ``[[case]]`` with ``given`` and ``expect``; the function
registered under the same name works out what the rule says to ``given``.
"""

import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cadastre.keys.any_key import classify
from cadastre.taxation.accumulation import RateOutsideLaw
from cadastre.taxation.amount_due import amount_due
from cadastre.taxation.assess_taxpayer import assess_taxpayer
from cadastre.taxation.discounts import early_payment_discount
from cadastre.taxation.fire_levy import fire_levy
from cadastre.taxation.national_law import national_law
from cadastre.taxation.surcharges import late_payment_surcharge
from cadastre.valuation.appraise import appraise
from cadastre.valuation.facts import BuildingFacts, MigratedValue, MissingInput, UnitKind
from cadastre.valuation.taxed_area import taxed_area
from gis_project.core.assessment import Line, check_line
from gis_project.core.errors import DomainError
from gis_project.core.identification import check_identity
from gis_project.core.money import parse_decimal, to_cents
from tests.cases.taxation_rules import TAXATION_RULES
from tests.cases.valuation_rules import VALUATION_RULES
from tests.property_tax_facts import appraised, ordinance, rates, unit

FOLDER = Path(__file__).parent
Told = dict[str, Any]


def _decimal(told: str | None) -> Decimal | None:
    return None if told is None else Decimal(told)


def _adjustment(line: Line | None) -> Told:
    if line is None:
        return {"percent": "0", "amount": "0.00"}
    check_line(line)
    return {"percent": str(abs(line.rate)), "amount": str(line.amount + 0)}


def discounts(given: Told) -> Told:
    law = national_law(given["paid_on"].year)
    return _adjustment(
        early_payment_discount(tax=Decimal(given["tax"]), paid_on=given["paid_on"], law=law)
    )


def surcharges(given: Told) -> Told:
    law = national_law(given["paid_on"].year)
    return _adjustment(
        late_payment_surcharge(tax=Decimal(given["tax"]), paid_on=given["paid_on"], law=law)
    )


def due(given: Told) -> Told:
    year = given.get("year", 2026)
    owed = amount_due(
        property_tax=Decimal(given["property_tax"]),
        other_charges=Decimal(given["other_charges"]),
        kind=UnitKind(given["kind"]),
        rural_follows_art_512=given.get("rural_follows_art_512", False),
        year=year,
        paid_on=given["paid_on"],
        law=national_law(year),
    )
    return {"total": str(owed.total), "valid_through": owed.valid_through}


def sbu(given: Told) -> Told:
    amount = national_law(2026).sbu(given["year"])
    told = {f"x{times}": str(times * amount) for times in (15, 25, 500)}
    return {"sbu": str(amount), **told}


def levy(given: Told) -> Told:
    line = fire_levy(Decimal(given["value"]), national_law(2026))
    check_line(line)
    return {"amount": str(line.amount)}


def rate_band(given: Told) -> Told:
    kind = UnitKind(given["kind"])
    told = {f"{kind.lower()}_rates": rates("FLAT", ("0", given["rate_per_mille"]))}
    try:
        _taxes(kind, ["100000.00"], told)
    except RateOutsideLaw:
        return {"allowed": False}
    return {"allowed": True}


def low_value(given: Told) -> Told:
    kind = UnitKind(given["kind"])
    [bill] = assess_taxpayer(
        holdings=[
            appraised(
                Decimal(given["value"]),
                kind=kind,
                is_urban_marginal=given.get("is_urban_marginal", False),
            )
        ],
        ordinance=ordinance(sbu_year=given.get("sbu_year", "SAME")),
        law=national_law(2026),
        year=2026,
    )
    return {"is_exempt": bill.taxable_value == 0 and bill.property_tax == 0}


def holders(given: Told) -> Told:
    value, kind = Decimal(given["value"]), UnitKind(given["kind"])
    [bill] = assess_taxpayer(
        holdings=[appraised(value, kind=kind, holder_classes=tuple(given["holders"]))],
        ordinance=ordinance(),
        law=national_law(2026),
        year=2026,
    )
    return {"property_tax": str(bill.property_tax), "fire_levy": str(bill.fire_levy)}


def property_tax_urban(given: Told) -> Told:
    told = {"urban_rates": rates(given["mode"], *given["bands"])}
    return {"taxes": _taxes(UnitKind.URBAN, given["values"], told)}


def property_tax_rural(given: Told) -> Told:
    told = {"rural_rates": rates(given["mode"], *given["bands"])}
    return {"taxes": _taxes(UnitKind.RURAL, given["values"], told)}


def _taxes(kind: UnitKind, values: list[str], parameters: Told) -> list[str]:
    holdings = [appraised(Decimal(value), str(number), kind) for number, value in enumerate(values)]
    bills = assess_taxpayer(
        holdings=holdings, ordinance=ordinance(**parameters), law=national_law(2026), year=2026
    )
    return [str(bill.property_tax) for bill in bills]


def land_value(given: Told) -> Told:
    facts = unit(
        kind=UnitKind(given["kind"]),
        zone_code=given.get("zone"),
        legal_area_m2=_decimal(given.get("legal_area_m2")),
        aliquot=_decimal(given.get("aliquot")),
    )
    return {"amount": str(_checked_value(facts, ordinance()).land)}


def area(given: Told) -> Told:
    facts = unit(
        legal_area_m2=_decimal(given.get("legal")), titled_area_m2=_decimal(given.get("titled"))
    )
    rule = ordinance(taxed_area=given["choice"], area_tolerance_pct=given.get("tolerance"))
    return {"area": str(taxed_area(facts, rule)[0])}


def building_value(given: Told) -> Told:
    building = BuildingFacts(
        "b",
        given["structure"],
        Decimal(given["area"]),
        given.get("built_in"),
        given.get("is_common", False),
    )
    facts = unit(buildings=(building,), aliquot=_decimal(given.get("aliquot")))
    appraisal = _checked_value(facts, ordinance())
    [line] = [line for line in appraisal.lines if line.concept == "BUILDING"]
    lost = line.children[1].amount
    return {"amount": str(appraisal.buildings), "depreciation": str(lost + 0)}


def migrated_value(given: Told) -> Told:
    migrated = MigratedValue(
        2025, Decimal(given["land"]), Decimal(given["buildings"]), Decimal(given["total"])
    )
    appraisal = _checked_value(unit(migrated=migrated), ordinance(use_migrated_values=True))
    return {
        "land": str(appraisal.land),
        "buildings": str(appraisal.buildings),
        "total": str(appraisal.total),
        "lines": len(appraisal.lines),
    }


def _checked_value(facts: Any, rule: Any) -> Any:
    appraisal = appraise(facts, rule)
    for line in appraisal.lines:
        check_line(line)
    assert appraisal.total == sum(line.amount for line in appraisal.lines)
    return appraisal


def money(given: Told) -> Told:
    if "round" in given:
        return {"amount": str(to_cents(Decimal(given["round"])))}
    return {"amount": str(parse_decimal(given["parse"], decimal_sign=given.get("decimal_sign")))}


def identification(given: Told) -> Told:
    check = check_identity(given["text"])
    return {
        "kind": check.kind,
        "normalised": check.normalised,
        "is_valid": check.is_valid,
        "warnings": len(check.warnings),
    }


def any_key(given: Told) -> Told:
    found = classify(given["text"])
    told: Told = {
        "kind": found.kind,
        "normalised": found.normalised,
        "warnings": len(found.warnings),
    }
    if found.legacy_system:
        told["system"] = found.legacy_system
    return told


RULES: dict[str, Callable[[Told], Told]] = {
    "core/identification": identification,
    "core/money": money,
    "keys/any_key": any_key,
    "taxation/amount_due": due,
    "taxation/discounts": discounts,
    "taxation/fire_levy": levy,
    "taxation/holder_exemption": holders,
    "taxation/low_value_exemption": low_value,
    "taxation/property_tax_rural": property_tax_rural,
    "taxation/property_tax_urban": property_tax_urban,
    "taxation/rural_rate_band": rate_band,
    "taxation/sbu": sbu,
    "taxation/surcharges": surcharges,
    "taxation/urban_rate_band": rate_band,
    "valuation/building_value": building_value,
    "valuation/land_value": land_value,
    "valuation/migrated_value": migrated_value,
    "valuation/taxed_area": area,
    **TAXATION_RULES,
    **VALUATION_RULES,
}
TABLES = {
    path.relative_to(FOLDER).with_suffix("").as_posix(): tomllib.loads(path.read_text("utf-8"))
    for path in sorted(FOLDER.rglob("*.toml"))
}
CASES = [
    pytest.param(name, case["given"], case["expect"], id=f"{name}-{number}")
    for name, table in TABLES.items()
    for number, case in enumerate(table["case"], start=1)
]


def test_every_table_has_a_rule_and_every_rule_a_table() -> None:
    assert TABLES.keys() == RULES.keys()


@pytest.mark.parametrize(("name", "given", "expect"), CASES)
def test_case(name: str, given: Told, expect: Told) -> None:
    try:
        found = RULES[name](given)
    except MissingInput as refusal:
        found = {"missing": refusal.what}
    except DomainError as refusal:
        found = {"error": refusal.code}
    assert found == expect

"""Whole bills of a random town: the rules, the oracle in fractions and the stand-alone verifier agree."""

import copy
import importlib.util
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cadastre.taxation.assess_co_owners import assess_co_owners
from cadastre.taxation.assess_taxpayer import UnitAssessment, bill_explanation
from cadastre.taxation.national_law import national_law
from cadastre.valuation.appraise import appraise_all
from cadastre.valuation.facts import AppraisedUnit
from gis_project.core.assessment import check_assessment
from gis_project.core.canonical import canonical_json
from tests.cadastre.taxation import town_oracle
from tests.cadastre.taxation.random_town import (
    facts_of,
    random_predios,
    town_ordinance,
    with_standing,
)

VERIFIER = Path(__file__).parents[3] / "docs" / "how-to" / "verify_bill.py"


def _billed(count: int, seed: int) -> tuple[list[dict[str, Any]], list[tuple[AppraisedUnit, Any]]]:
    town, rule = random_predios(count, seed), town_ordinance()
    by_id = {told["id"]: told for told in town}
    appraised, missing = appraise_all((facts_of(told) for told in town), rule)
    assert len(appraised) + len(missing) == count
    held = [with_standing(one, by_id[one.unit.unit_id]) for one in appraised]
    bills = assess_co_owners(holdings=held, ordinance=rule, law=national_law(2026), year=2026)
    return town, list(zip(held, bills, strict=True))


def _check(count: int, seed: int) -> Iterator[tuple[AppraisedUnit, UnitAssessment]]:
    town, billed = _billed(count, seed)
    expected = town_oracle.bills(town)
    assert {held.unit.unit_id for held, _ in billed} == expected.keys()
    for held, bill in billed:
        assert isinstance(bill, UnitAssessment)
        found = tuple(map(Fraction, (bill.appraised_value, bill.property_tax, bill.total)))
        assert found == expected[held.unit.unit_id], held.unit.unit_id
        yield held, bill


def _verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_bill", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_oracle_and_the_verifier_agree_on_a_small_town() -> None:
    verifier = _verifier()
    for held, bill in _check(800, 1):
        check_assessment(bill.assessment)
        told = json.loads(canonical_json(bill_explanation(held, bill)))
        assert verifier.check(told) == (Fraction(bill.appraised_value), Fraction(bill.total))


@pytest.mark.slow
def test_the_oracle_agrees_to_the_cent_on_a_hundred_thousand_predios() -> None:
    assert sum(1 for seed in range(10) for _ in _check(10_000, 100 + seed)) > 80_000


def test_the_verifier_finds_a_changed_amount_total_price_or_worked_out_number() -> None:
    verifier = _verifier()
    held, bill = next(
        pair for pair in _check(200, 2) if pair[0].unit.buildings and pair[1].property_tax
    )
    told = json.loads(canonical_json(bill_explanation(held, bill)))
    places = [path for path in _numbers(told) if _is_telling(told, path)]
    assert len(places) > 20
    for path in places:
        changed = copy.deepcopy(told)
        part: Any = changed
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = str(Fraction(part[path[-1]]) * 3 + 1)
        with pytest.raises((verifier.Disagrees, ZeroDivisionError)):
            verifier.check(changed)


def _bill_on(base: str, amount: str, **more: Any) -> dict[str, Any]:
    """A predio of 100,000.00 at 2 per mille, as a bill might tell it."""
    land = {"concept": "LAND", "label_es": "Suelo", "base": "1000", "rate": "100"}
    tax = {"concept": "PROPERTY_TAX_URBAN", "label_es": "Impuesto", "base": base, "rate": "2"}
    tax |= {"rate_unit": "PER_MILLE", "amount": amount} | more
    land |= {"rate_unit": "USD_PER_M2", "amount": "100000.00"}
    return {
        "value": {"lines": [land], "total": "100000.00"},
        "tax": {"lines": [tax], "total": tax["amount"]},
    }


def _step(concept: str, value: str, *parts: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"concept": concept, "label_es": concept, "value": value}
    operation = {"operation": "DIFFERENCE", "parts": list(parts)} if parts else {}
    return told | {"operation": "GIVEN"} | operation


def test_the_verifier_takes_a_tax_on_the_value_and_on_what_reliefs_leave() -> None:
    verifier = _verifier()
    left = _step(
        "TAXABLE", "50000.00", _step("APPRAISED_VALUE", "100000.00"), _step("R", "50000.00")
    )
    exempt = {"rate": "0", "note": "exento: bienes públicos"}
    for told in (
        _bill_on("100000.00", "200.00"),
        _bill_on("50000.00", "100.00", base_from=left),
        _bill_on("0.00", "0.00", **exempt),
    ):
        assert verifier.check(told)[0] == 100_000


@pytest.mark.parametrize("concept", ["PROPERTY_TAX_URBAN", "UNBUILT_LAND", "SERVICE_SAFETY"])
@pytest.mark.parametrize(
    "more", [{}, {"note": "tarifa progresiva"}, {"base_from": _step("TAXABLE", "50000.00")}]
)
def test_the_verifier_refuses_a_tax_on_another_base(concept: str, more: dict[str, Any]) -> None:
    told = _bill_on("50000.00", "100.00", concept=concept, **more)
    verifier = _verifier()

    with pytest.raises(verifier.Disagrees, match="no parte del avalúo"):
        verifier.check(told)


@pytest.mark.parametrize("name", ["base", "rate"])
def test_the_verifier_refuses_a_gross_tax_of_other_numbers_than_its_line(name: str) -> None:
    told, verifier = _bill_on("100000.00", "200.00"), _verifier()
    [line] = told["tax"]["lines"]
    line["children"] = [dict(line, concept="GROSS_TAX")]
    verifier.check(told)
    line["children"][0] |= {"base": "50000.00", "rate": "4"}
    line[name] = line["children"][0][name]

    with pytest.raises(verifier.Disagrees):
        verifier.check(told)


def test_the_verifier_refuses_shares_that_lose_a_part_of_the_base() -> None:
    told, verifier = _bill_on("100000.00", "100.00"), _verifier()
    [line] = told["tax"]["lines"]
    line["children"] = [
        dict(line, concept="CO_OWNER", base="25000.00", amount="50.00") for _ in "ab"
    ]

    with pytest.raises(verifier.Disagrees, match="las cuotas no suman"):
        verifier.check(told)


def test_the_verifier_needs_nothing_of_lindero() -> None:
    text = VERIFIER.read_text("utf-8")

    assert "cadastre" not in text
    assert "gis_project" not in text
    assert len(text.splitlines()) < 180


def _numbers(told: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(told, dict):
        for name, inner in told.items():
            if name in ("value", "amount", "base", "rate", "total") and isinstance(inner, str):
                yield (*path, name)
            else:
                yield from _numbers(inner, (*path, name))
    elif isinstance(told, list):
        for place, inner in enumerate(told):
            yield from _numbers(inner, (*path, place))


def _is_telling(told: Any, path: tuple[Any, ...]) -> bool:
    """Whether the number decides an amount whatever the others are: amounts, totals, worked out numbers,
    and prices. A bound that does not bind, or the rate of nothing, may be anything.
    """
    part = told
    for step in path[:-1]:
        part = part[step]
    if path[-1] in ("base", "rate"):
        return False
    return path[-1] != "value" or "parts" in part or part["concept"] in ("PRICE", "COST")

"""The one assessor, against the articles, against itself and against an oracle in fractions."""

import json
import pickle
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadastre.models import Party
from cadastre.taxation.accumulation import RateOutsideLaw
from cadastre.taxation.amount_due import amount_due
from cadastre.taxation.assess_taxpayer import (
    IncompletePortfolio,
    UnitAssessment,
    assess_taxpayer,
    bill_explanation,
)
from cadastre.taxation.national_law import YearMismatch, national_law
from cadastre.valuation.appraise import appraise
from cadastre.valuation.facts import AppraisedUnit, UnitKind
from gis_project.core.assessment import check_assessment, line_from_dict
from gis_project.core.canonical import canonical_json
from tests.cadastre.taxation import oracle
from tests.cadastre.taxation.portfolios import Table, holder_classes, tables, values
from tests.property_tax_facts import appraised, ordinance, rates, unit

LAW = national_law(2026)
kinds = st.sampled_from(list(UnitKind))


def _assess(
    kind: UnitKind,
    amounts: list[Decimal],
    table: Table,
    *,
    marginal: list[bool] | None = None,
    holders: list[tuple[str, ...]] | None = None,
) -> list[UnitAssessment]:
    marginal = marginal or [False] * len(amounts)
    holders = holders or [()] * len(amounts)
    holdings = [
        appraised(amount, str(number), kind, is_urban_marginal=is_marginal, holder_classes=classes)
        for number, (amount, is_marginal, classes) in enumerate(
            zip(amounts, marginal, holders, strict=True)
        )
    ]
    told = {f"{kind.lower()}_rates": rates(table.mode, *table.bands)}
    return assess_taxpayer(holdings=holdings, ordinance=ordinance(**told), law=LAW, year=2026)


@given(
    st.data(),
    kinds,
    st.lists(st.tuples(values, st.booleans(), holder_classes), min_size=1, max_size=6),
)
def test_the_oracle_agrees_to_the_cent(
    data: st.DataObject, kind: UnitKind, predios: list[tuple[Decimal, bool, tuple[str, ...]]]
) -> None:
    table = data.draw(tables(kind))
    amounts, marginal = [value for value, _, _ in predios], [flag for _, flag, _ in predios]
    holders = [classes for _, _, classes in predios]

    bills = _assess(kind, amounts, table, marginal=marginal, holders=holders)

    expected = oracle.bills(
        values=[Fraction(amount) for amount in amounts],
        kind=kind,
        mode=table.mode,
        bands=[(Fraction(start), Fraction(rate)) for start, rate in table.bands],
        fee=Fraction(2),
        marginal=marginal,
        holders=holders,
        sbu=oracle.SBU[2026],
    )
    found = [
        (Fraction(bill.property_tax), Fraction(bill.fire_levy), Fraction(bill.total))
        for bill in bills
    ]
    assert found == expected


@given(st.data(), kinds, st.lists(values, min_size=1, max_size=6))
def test_every_line_recomputes_and_the_lines_sum_to_the_total(
    data: st.DataObject, kind: UnitKind, amounts: list[Decimal]
) -> None:
    for bill in _assess(kind, amounts, data.draw(tables(kind))):
        check_assessment(bill.assessment)
        assert bill.property_tax + bill.fire_levy + bill.others == bill.total


@given(st.data(), kinds, st.lists(values, min_size=1, max_size=4), st.integers(1, 10**6))
def test_tax_never_falls_when_value_rises(
    data: st.DataObject, kind: UnitKind, amounts: list[Decimal], cents: int
) -> None:
    table = data.draw(tables(kind))
    raised = [amounts[0] + Decimal(cents) / 100, *amounts[1:]]

    before = _assess(kind, amounts, table)
    after = _assess(kind, raised, table)

    assert after[0].property_tax >= before[0].property_tax
    assert after[0].total >= before[0].total


@given(st.data(), st.lists(values, min_size=2, max_size=5))
def test_the_order_of_the_predios_changes_nobodys_bill(
    data: st.DataObject, amounts: list[Decimal]
) -> None:
    table = data.draw(tables(UnitKind.URBAN))
    order = data.draw(st.permutations(range(len(amounts))))

    straight = _assess(UnitKind.URBAN, amounts, table)
    mixed = _assess(UnitKind.URBAN, [amounts[number] for number in order], table)

    assert [bill.total for bill in mixed] == [straight[number].total for number in order]


@given(st.data(), values)
def test_a_single_predio_pays_the_marginal_table_to_the_cent(
    data: st.DataObject, value: Decimal
) -> None:
    table = data.draw(tables(UnitKind.URBAN))
    [bill] = _assess(UnitKind.URBAN, [value], table)

    if table.mode == "MARGINAL":
        slices = bill.portfolio.slices
        assert bill.property_tax == sum(line.amount for line in slices)
        assert sum(line.base for line in slices) == value


def test_urban_and_rural_predios_are_accumulated_apart() -> None:
    rule = ordinance(
        urban_rates=rates("BRACKET", ("0", "1"), ("50000", "2")),
        rural_rates=rates("BRACKET", ("0", "1"), ("50000", "2")),
    )
    holdings = [
        appraised(Decimal("30000.00"), "town", UnitKind.URBAN),
        appraised(Decimal("40000.00"), "farm", UnitKind.RURAL),
        appraised(Decimal("19999.99"), "flat", UnitKind.URBAN),
    ]

    bills = assess_taxpayer(holdings=holdings, ordinance=rule, law=LAW, year=2026)

    assert [bill.unit_id for bill in bills] == ["town", "farm", "flat"]
    assert [str(bill.property_tax) for bill in bills] == ["30.00", "40.00", "20.00"]
    assert bills[0].portfolio is bills[2].portfolio
    assert [held[0] for held in bills[0].portfolio.holdings] == ["town", "flat"]


def test_an_exempt_predio_still_pays_the_fire_levy_and_the_fee() -> None:
    [bill] = _assess(UnitKind.RURAL, [Decimal("7230.00")], Table("FLAT", (("0", "0.9"),)))

    # 7,230.00 x 0.15 / 1000 = 1.0845 -> 1.08; 0.00 + 1.08 + 2.00
    assert [str(line.amount) for line in bill.lines] == ["0.00", "1.08", "2.00"]
    assert (bill.taxable_value, bill.appraised_value) == (0, Decimal("7230.00"))
    assert "7.230,00" in bill.lines[0].note


@pytest.mark.parametrize(
    ("kind", "classes", "words"),
    [
        (UnitKind.URBAN, ("PUBLIC", "PUBLIC"), "entidades públicas"),
        (UnitKind.RURAL, ("PUBLIC",), "entidades públicas"),
        (UnitKind.RURAL, ("COMMUNE",), "comunas"),
    ],
)
def test_a_predio_exempt_by_its_holders_says_why_and_pays_the_rest(
    kind: UnitKind, classes: tuple[str, ...], words: str
) -> None:
    table = Table("BRACKET", (("0", "1"), ("50000", "2")))
    exempt, taxed = _assess(
        kind, [Decimal("80000.00"), Decimal("40000.00")], table, holders=[classes, ("NATURAL",)]
    )

    tax = exempt.lines[0]
    assert (tax.base, tax.rate, str(tax.amount)) == (0, 0, "0.00")
    assert tax.citation == "COOTAD, Art. 509 lit. b; COOTAD, Art. 520 (sin verificar)"
    assert tax.note.startswith("exento: ")
    assert words in tax.note
    # 80,000 x 0.15 / 1000 = 12.00; the fee 2.00; the other predio stays in the band below 50,000
    assert [str(line.amount) for line in exempt.lines] == ["0.00", "12.00", "2.00"]
    assert (exempt.taxable_value, exempt.portfolio.accumulated) == (0, Decimal("40000.00"))
    assert str(taxed.property_tax) == "40.00"


def test_an_exempt_predio_of_low_value_is_explained_by_its_holders() -> None:
    [bill] = _assess(
        UnitKind.RURAL,
        [Decimal("100.00")],
        Table("FLAT", (("0", "0.9"),)),
        holders=[("COMMUNE",)],
    )

    assert "comunas" in bill.lines[0].note


def test_the_law_names_classes_that_the_register_knows() -> None:
    assert {exempt.holder_class for exempt in LAW.exempt_holders} <= set(Party.Kind.values)


def test_public_lines_are_the_same_with_and_without_other_predios() -> None:
    table = Table("BRACKET", (("0", "1"), ("50000", "2")))
    [alone] = _assess(UnitKind.URBAN, [Decimal("60000.00")], table)
    with_others = _assess(UnitKind.URBAN, [Decimal("60000.00"), Decimal("1.00")], table)[0]

    assert alone.lines == with_others.lines


def test_the_explanation_holds_value_and_tax_and_no_other_predio() -> None:
    facts = unit("mine")
    held = AppraisedUnit(facts, appraise(facts, ordinance()))
    other = appraised(Decimal("99999.00"), "secret")
    bill, _ = assess_taxpayer(holdings=[held, other], ordinance=ordinance(), law=LAW, year=2026)

    told = json.loads(canonical_json(bill_explanation(held, bill)))

    # 300 m² x 45.50 = 13,650.00; x 2 / 1000 = 27.30; x 0.15 / 1000 = 2.0475 -> 2.05; fee 2.00
    assert told["value"]["total"] == "13650.00"
    assert told["tax"]["total"] == "31.35"
    assert [line_from_dict(line) for line in told["tax"]["lines"]] == list(bill.lines)
    assert "secret" not in json.dumps(told)
    assert "99999" not in json.dumps(told)
    assert "secret" in json.dumps(bill.portfolio.as_dict())


def test_a_predio_without_value_stops_a_progressive_rate_and_not_a_flat_one() -> None:
    holdings = [appraised(Decimal("30000.00"))]
    unvalued = frozenset({UnitKind.URBAN})
    progressive = ordinance(urban_rates=rates("BRACKET", ("0", "1"), ("50000", "2")))

    with pytest.raises(IncompletePortfolio):
        assess_taxpayer(
            holdings=holdings, ordinance=progressive, law=LAW, year=2026, unvalued_kinds=unvalued
        )
    [bill] = assess_taxpayer(
        holdings=holdings, ordinance=ordinance(), law=LAW, year=2026, unvalued_kinds=unvalued
    )
    assert bill.property_tax == Decimal("60.00")


def test_a_predio_without_value_stops_no_predio_that_its_holders_exempt() -> None:
    public = appraised(Decimal("30000.00"), holder_classes=("PUBLIC",))
    mixed = appraised(Decimal("30000.00"), "b", holder_classes=("PUBLIC", "NATURAL"))
    progressive = ordinance(urban_rates=rates("BRACKET", ("0", "1"), ("50000", "2")))
    unvalued = frozenset({UnitKind.URBAN})

    [bill] = assess_taxpayer(
        holdings=[public], ordinance=progressive, law=LAW, year=2026, unvalued_kinds=unvalued
    )
    assert str(bill.property_tax) == "0.00"
    with pytest.raises(IncompletePortfolio):
        assess_taxpayer(
            holdings=[public, mixed],
            ordinance=progressive,
            law=LAW,
            year=2026,
            unvalued_kinds=unvalued,
        )


@pytest.mark.parametrize("year", [2025, 2027])
def test_another_years_law_or_ordinance_is_refused(year: int) -> None:
    holdings = [appraised(Decimal("30000.00"))]

    with pytest.raises(YearMismatch):
        assess_taxpayer(holdings=holdings, ordinance=ordinance(year=year), law=LAW, year=2026)
    with pytest.raises(YearMismatch):
        assess_taxpayer(
            holdings=holdings, ordinance=ordinance(), law=replace(LAW, year=year), year=2026
        )


def test_a_table_whose_last_band_leaves_the_law_is_refused_for_everybody() -> None:
    with pytest.raises(RateOutsideLaw):
        _assess(
            UnitKind.RURAL, [Decimal("10000.00")], Table("BRACKET", (("0", "1"), ("50000", "3.1")))
        )


def test_no_fee_no_line() -> None:
    rule = ordinance(emission_fee={"amount": "0", "article": ""})
    [bill] = assess_taxpayer(
        holdings=[appraised(Decimal("30000.00"))], ordinance=rule, law=LAW, year=2026
    )

    assert [line.concept for line in bill.lines] == ["PROPERTY_TAX_URBAN", "FIRE_LEVY"]


def test_nothing_held_nothing_billed() -> None:
    assert assess_taxpayer(holdings=[], ordinance=ordinance(), law=LAW, year=2026) == []


def test_rules_and_bills_can_be_sent_to_a_worker_process() -> None:
    told = (
        LAW,
        ordinance(),
        _assess(UnitKind.URBAN, [Decimal("1.00")], Table("FLAT", (("0", "1"),))),
    )

    assert pickle.loads(pickle.dumps(told)) == told


@given(values, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_discount_never_exceeds_the_tax(tax: Decimal, day: date) -> None:
    owed = amount_due(
        property_tax=tax,
        other_charges=Decimal("3.00"),
        kind=UnitKind.URBAN,
        rural_follows_art_512=False,
        year=2026,
        paid_on=day,
        law=LAW,
    )

    assert owed.total >= Decimal("3.00")
    assert owed.adjustment is None or abs(owed.adjustment.amount) <= tax
    assert owed.valid_through >= day

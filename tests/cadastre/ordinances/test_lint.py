"""Each seeded defect is named with its place and its figures, and a sound ordinance is left alone."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from cadastre.ordinances.finding import RULES, Severity
from cadastre.ordinances.lint import lint_ordinance, lint_stored
from cadastre.ordinances.lint_prices import RegisterCounts
from cadastre.taxation.national_law import national_law
from cadastre.valuation.facts import UnitKind
from cadastre.valuation.ordinance import BuildingCost, LandValue
from tests.property_tax_facts import PARAMETERS, ordinance, rates

LAW = national_law(2026)
ZONES = {
    "U1": LandValue(UnitKind.URBAN, Decimal(40)),
    "U2": LandValue(UnitKind.URBAN, Decimal(50)),
    "U3": LandValue(UnitKind.URBAN, Decimal(500)),
}


def found(register: RegisterCounts | None = None, **parameters: Any) -> list[tuple[str, str]]:
    """Code and place of each finding."""
    report = lint_ordinance(ordinance(**parameters), law=LAW, register=register)
    assert report.is_complete
    return [(one.code, one.where) for one in report.findings]


def message(code: str, register: RegisterCounts | None = None, **parameters: Any) -> str:
    """The only finding of that code."""
    report = lint_ordinance(ordinance(**parameters), law=LAW, register=register)
    [one] = [one for one in report.findings if one.code == code]
    return one.message


def stored(**parameters: Any) -> tuple[list[tuple[str, str]], bool]:
    """The findings on parameters that may not be readable, and whether all could be examined."""
    told = PARAMETERS | {"urban_rates": rates("FLAT", ("0", "2"))} | parameters
    told |= {"rural_rates": rates("FLAT", ("0", "0.9"))}
    report = lint_stored(
        number="001-2025",
        parameters=told,
        read=lambda: ordinance(**told),
        law=LAW,
        register=lambda facts: None,
    )
    return [(one.code, one.where) for one in report.findings], report.is_complete


def land(*factors: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"valuation": {"urban_land": {"article": "10", "factors": list(factors)} | members}}


def ranges(*rows: Sequence[str], of: str = "front_m", **members: Any) -> dict[str, Any]:
    told = {"code": "F", "label": "Frente", "kind": "RANGE", "of": [of], "article": "11"}
    return told | {"rows": [list(row) for row in rows]} | members


SOUND = ranges(["0", "0.95"], ["8", "1"], ["20", "1.05"])


def test_a_sound_ordinance_has_no_finding():
    assert found() == []
    assert found(**land(SOUND, lowest="0.96", highest="1.04")) == []
    bands = {"urban_rates": rates("MARGINAL", ["0", "1"], ["50000", "2"])}
    assert found(**bands) == []
    assert stored() == ([], True)


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ([["0", "2"], ["50000", "1"]], ("RATE_FALLS", "Tarifa urbana, fila 2")),
        ([["0", "1"], ["0", "2"]], ("RANGE_OVERLAP", "Tarifa urbana, fila 2")),
        ([["0", "1"], ["500", "2"], ["400", "3"]], ("RANGE_OVERLAP", "Tarifa urbana, fila 3")),
        ([["10", "1"], ["500", "2"]], ("TABLE_START", "Tarifa urbana, fila 1")),
    ],
)
def test_rates_that_cannot_be_read_are_named_all_the_same(bands, expected):
    findings, is_complete = stored(urban_rates=rates("MARGINAL", *bands))
    assert findings == [expected]
    assert not is_complete


def test_two_defects_of_unreadable_tables_are_both_named():
    table = {"depreciation": "TABLE", "states": {"GOOD": [["0", "0"], ["10", "9"], ["20", "8"]]}}
    findings, _ = stored(
        urban_rates=rates("MARGINAL", ["0", "2"], ["50000", "1"]), valuation={"buildings": table}
    )
    assert findings == [
        ("RATE_FALLS", "Tarifa urbana, fila 2"),
        ("DEPRECIATION_FALLS", "Depreciación, estado «GOOD», fila 3"),
    ]


def test_what_no_table_explains_is_told_in_the_readers_words():
    findings, is_complete = stored(taxed_area="X")
    assert findings == [("NOT_READABLE", "Ordenanza 001-2025")]
    assert not is_complete


@pytest.mark.parametrize(
    ("rate", "is_outside"), [("0.25", False), ("5", False), ("0.24", True), ("5.01", True)]
)
def test_art_504_a_rate_outside_the_band_is_named(rate, is_outside):
    codes = found(urban_rates=rates("FLAT", ["0", rate]))
    assert codes == ([("RATE_OUTSIDE_BAND", "Tarifa urbana, fila 1")] if is_outside else [])


def test_a_bracket_tells_its_cliff_in_dollars():
    told = message("RATE_CLIFF", urban_rates=rates("BRACKET", ["0", "1"], ["50000", "2"]))
    # 49,999.99 × 1 ‰ = 50.00; 50,000 × 2 ‰ = 100.00
    assert "49.999,99 a 50.000,00" in told
    assert "paga 100,00 en vez de 50,00: 50,00 dólares más" in told


def test_a_row_that_repeats_the_rate_does_nothing():
    bands = rates("MARGINAL", ["0", "1"], ["50000", "1"])
    assert found(urban_rates=bands) == [("RATE_ROW_WITHOUT_EFFECT", "Tarifa urbana, fila 2")]


@pytest.mark.parametrize(
    ("factor", "expected"),
    [
        (ranges(["5", "1"], ["8", "1.05"]), "RANGE_GAP"),
        (ranges(["0", "1"], ["8", "1.05"], until="40"), "RANGE_GAP"),
        (ranges(["0", "1"], ["8", "1.05"], highest="1.2"), "CLAMP_NEVER_REACHED"),
        (ranges(["0", "1"], ["8", "1.05"], lowest="0.5"), "CLAMP_NEVER_REACHED"),
        (ranges(["0", "1"], ["8", "1"]), "FACTOR_WITHOUT_EFFECT"),
        (ranges(["0", "1.1"], ["8", "1.2"], highest="1.05"), "FACTOR_WITHOUT_EFFECT"),
        (ranges(["0", "1"], ["8", "1.2"]), "FACTOR_CLIFF"),
    ],
)
def test_a_factors_defect_is_named(factor, expected):
    assert [code for code, _ in found(**land(factor))] == [expected]


def test_points_leave_a_gap_after_the_last_one():
    factor = ranges(["0", "1"], ["20", "0.6"], of="distance_km") | {"kind": "POINTS"}
    assert "de más de 20" in message("RANGE_GAP", **land(factor))


def test_the_limit_of_the_total_that_no_product_reaches_is_named():
    factors = [SOUND, SOUND | {"code": "G", "label": "Otro"}]
    assert found(**land(*factors, highest="1.5")) == [
        ("CLAMP_NEVER_REACHED", "Suelo urbano, factor total")
    ]
    assert "1,1025" in message("CLAMP_NEVER_REACHED", **land(*factors, highest="1.5"))


def test_a_root_has_no_end_to_compare_with():
    power = {"code": "P", "kind": "POWER", "of": ["front_m"], "over": ["typical_front_m"]}
    power |= {"exponent": "1/4", "lowest": "0.8", "highest": "1.2"}
    assert found(**land(power)) == []


def test_a_larger_lot_that_is_worth_less_is_told_with_an_example():
    factor = ranges(["0", "1.1"], ["500", "1"], of="area_m2")
    told = message("VALUE_FALLS_WITH_AREA", **land(factor))
    # 500 m² × 45.50 × 1.1 = 25,025; × 1 = 22,750
    assert "25.025,00" in told
    assert "22.750,00: 2.275,00 dólares menos" in told


def test_a_quadratic_curve_beyond_all_is_named():
    curve = {"a": "0.01", "b": "0.5", "c": "0"}
    buildings = {"depreciation": "QUADRATIC", "states": {"GOOD": curve}}
    assert "más de 100 %" in message("DEPRECIATION_BEYOND", valuation={"buildings": buildings})


def test_a_table_that_ends_before_the_structure_is_noted():
    table = {"depreciation": "TABLE", "states": {"GOOD": [["0", "0"], ["10", "9"]]}}
    assert found(valuation={"buildings": table}) == [
        ("DEPRECIATION_STOPS", "Depreciación, estado «GOOD»")
    ]
    short = {"CONCRETE": BuildingCost(Decimal(310), 10, Decimal(20))}
    assert found(valuation={"buildings": table}, building_costs=short) == []


def test_an_exemption_that_ends_at_a_value_tells_what_the_next_cent_costs():
    exemption = {"code": "LOW", "label": "Vivienda", "value_below": "40000", "needs_grant": False}
    exemption |= {"steps": [{"percent": "50"}], "kinds": ["URBAN"]}
    # 40,000 × 2 ‰ × 50 % = 40.00
    assert "40,00 dólares o más" in message("EXEMPTION_CLIFF", exemptions=[exemption])


def test_the_limits_of_a_fixed_charge_do_nothing():
    charge = {"code": "REFUSE", "label": "Basura", "amount": "12.00", "highest": "50.00"}
    assert found(service_charges=[charge]) == [("CLAMP_NEVER_REACHED", "Tasa «Basura»")]
    assert found(service_charges=[charge | {"basis": "PER_MILLE"}]) == []


def test_a_worse_class_of_soil_that_is_worth_more_is_named():
    rural = {"article": "20", "classes": {"R1": {"I": "9000", "II": "9500", "V": "4000"}}}
    assert found(valuation={"rural_land": rural}) == [
        ("CLASS_PRICE_RISES", "Suelo rural, zona R1, clase II")
    ]


def test_predios_without_value_are_the_plans_or_the_registers():
    register = RegisterCounts(
        units=10, by_zone={"Z1": 5, "R1": 3}, unvalued={"ZONE": ["a"], "TRAIT": ["b", "c"]}
    )
    report = lint_ordinance(ordinance(), law=LAW, register=register)
    assert [(one.code, one.count, one.keys) for one in report.findings] == [
        ("UNPRICED", 1, ("a",)),
        ("REGISTER_LACKS", 2, ("b", "c")),
    ]
    assert "complete el plano de valor" in report.findings[0].message


def test_a_zone_without_predios_is_named_unless_the_register_is_empty():
    assert found(RegisterCounts(units=5, by_zone={"Z1": 5})) == [("ZONE_EMPTY", "Zona R1")]
    assert found(RegisterCounts(units=0)) == []


def test_a_price_far_from_its_neighbours_is_named():
    counts = RegisterCounts(
        units=3, by_zone=dict.fromkeys(ZONES, 1), neighbours={"U3": ["U1", "U2"], "U1": ["U3"]}
    )
    assert found(counts, land_values=ZONES) == [("PRICE_FAR_FROM_NEIGHBOURS", "Zona U3")]
    # median of 40 and 50 is 45; 500 / 45 = 11.1
    assert "11,1 veces mayor" in message("PRICE_FAR_FROM_NEIGHBOURS", counts, land_values=ZONES)


def test_the_gravest_come_first_and_json_tells_all():
    told = lint_ordinance(
        ordinance(
            urban_rates=rates("BRACKET", ["0", "1"], ["50000", "6"]),
            service_charges=[{"code": "R", "amount": "1", "lowest": "1"}],
        ),
        law=LAW,
    ).as_dict()
    assert [one["severity"] for one in told["findings"]] == ["ERROR", "WARNING", "NOTICE"]
    assert told["counts"] == {"ERROR": 1, "WARNING": 1, "NOTICE": 1}
    assert set(told["findings"][0]) == {
        *("code", "severity", "title", "where", "message", "article", "count", "keys")
    }


def test_every_rule_has_a_severity_and_a_title():
    assert all(rule.severity in Severity and rule.title_es for rule in RULES.values())

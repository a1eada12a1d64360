"""An ordinance in sheets says what its TOML says, there and back; what does not fit is listed row by row."""

import tomllib
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from cadastre.imports.ordinance_file import InvalidOrdinanceFile, ordinance_file, told_ordinance
from cadastre.imports.ordinance_from_sheets import from_sheets
from cadastre.imports.ordinance_to_sheets import to_sheets
from cadastre.valuation.ordinance import ordinance_facts
from cadastre.valuation.plan_prices import PlanPrice, with_prices
from tests.cadastre.imports.ordinance_text import ordinance_text

RICH = """
accumulation = "SHARES"
applied_taxes = ["UNBUILT_LAND"]
mortgage_percent = "30"
accounts = { FIRE_LEVY = "212.13" }
service_charges = [
    { code = "REFUSE", label = "Recolección", basis = "PER_UNIT", amount = "1.50", account = "13.01" },
]
exemptions = [
    { code = "HOME", on = "BASE", needs_grant = true, steps = [{ years = 5, percent = "100" }, { percent = "50" }] },
]
[parameters.valuation.urban_land]
order = ["UNIT", "AXIS", "BLOCK", "ZONE"]
axis_reach_m = "15"
combine = "PRODUCT"
lowest = "0.5"
factor_decimals = 6
factors = [
    { code = "FRONT", kind = "POWER", of = ["front_m"], over = ["typical_front_m"], exponent = "1/4", decimals = 4 },
    { code = "TOPOGRAPHY", kind = "WORD", of = ["topography"], rows = { FLAT = "1.00", STEEP = "0.8" } },
    { code = "SIZE", kind = "RANGE", of = ["area_m2"], until = "9000", rows = [["0", "1.1"], ["500", "1"]] },
]
[parameters.valuation.rural_land]
classes = { R1 = { I = "12000", IV = "6000" } }
[parameters.valuation.buildings]
depreciation = "QUADRATIC"
states = { GOOD = { a = "0.0051", b = "0.4581", c = "2.3666" } }
[parameters.valuation.works]
article = "16"
FENCE = { cost = "25", life = 20, label = "Cerramiento" }
"""
PRICES = """
[[land_price]]
kind = "URBAN"
level = "BLOCK"
code = "023"
value = "85.00"
typical = { typical_front_m = "12" }
[[land_price]]
kind = "URBAN"
level = "UNIT"
code = "170350010203000100000000"
value = "60"
reason = "Laguna dentro del predio"
"""


def rich_text() -> str:
    """The template with every optional member."""
    text = ordinance_text()
    place = text.index("[parameters.urban_rates]")
    return text[:place] + RICH + text[place:] + PRICES


def members(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


@pytest.mark.parametrize("text", [ordinance_text(), rich_text()], ids=["template", "rich"])
def test_sheets_and_toml_say_the_same(text: str) -> None:
    told = members(text)
    del told["gazette"]  # it is empty, as an empty cell is
    before = deepcopy(told)
    read = from_sheets(to_sheets(told))

    assert (told, read.refused) == (before, [])
    assert read.told == told
    one = ordinance_file(text, name="x.toml")
    other = told_ordinance(read.told, name="x.xlsx", lines=read.lines)
    assert one.parameters == other.parameters
    assert (one.building_costs, one.land_prices) == (other.building_costs, other.land_prices)


def test_the_optional_members_reach_the_rules() -> None:
    file = ordinance_file(rich_text(), name="x.toml")
    prices = [PlanPrice(p.kind, p.level, p.code, p.value, p.typical) for p in file.land_prices]
    facts = ordinance_facts(
        municipality="x",
        year=2026,
        number="1",
        parameters=with_prices(file.parameters, prices),
        land_values={},
        building_costs={},
    )
    urban = facts.methods.urban_land
    assert urban is not None
    assert urban.prices["BLOCK"]["023"].value == Decimal(85)  # type: ignore[index]
    assert urban.axis_reach_m == 15
    assert "FENCE" in facts.methods.works
    assert facts.local.accounts["SERVICE_REFUSE"] == "13.01"


@pytest.mark.parametrize(
    ("sheet", "cells", "told"),
    [
        ("costos", {"estructura": "STEEL", "costo_m2": "mil"}, "«costo_m2» es un número sin miles"),
        ("costos", {"estructura": "STEEL"}, "falta «costo_m2»"),
        ("costos", {"estructra": "STEEL"}, "no se conoce la columna «estructra»"),
        ("filas_factor", {"parte": "urban_land", "factor": "NO", "desde_o_palabra": "1", "valor": "1"},
         "no hay un factor NO"),
        ("tramos_exencion", {"exencion": "NO", "por_ciento": "50"}, "no hay una exención NO"),
        ("ordenanza", {"miembro": "valid_from", "valor": "mañana"}, "va como AAAA-MM-DD"),
        ("tarifas", {"tabla": "urbana", "desde": "0", "por_mil": "1"}, "urban_rates o rural_rates"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_is_told_with_its_place(sheet, cells, told) -> None:
    sheets = to_sheets(members(ordinance_text()))
    rows = sheets[sheet]
    if sheet == "ordenanza":
        rows[:] = [row for row in rows if row["miembro"] != "valid_from"]
    rows.append(cells)
    [refused] = from_sheets(sheets).refused

    assert told in refused.why
    assert (refused.sheet, refused.row) == (sheet, len(rows) + 1)


def test_a_spreadsheets_numbers_are_read_as_it_shows_them() -> None:
    sheets: dict[str, list[Any]] = dict(to_sheets(members(ordinance_text())))
    sheets["costos"] = [
        {"estructura": "STEEL", "costo_m2": 320.5, "vida_util": 50.0, "residual_pct": "12,5"}
    ]
    read = from_sheets(sheets)
    assert read.told["building_cost"] == [
        {
            "structure": "STEEL",
            "cost_per_m2": "320.5",
            "useful_life_years": 50,
            "residual_pct": "12.5",
        }
    ]


def test_a_number_without_quotes_is_refused_with_its_member() -> None:
    text = ordinance_text(
        (
            "rural_follows_art_512 = false",
            "rural_follows_art_512 = false\naccounts = { FIRE_LEVY = 1.5 }",
        )
    )
    with pytest.raises(InvalidOrdinanceFile, match="FIRE_LEVY: escriba el número entre comillas"):
        ordinance_file(text, name="x.toml")

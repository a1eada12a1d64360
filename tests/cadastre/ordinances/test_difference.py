"""What changes between two biennia is said in sentences, and what is equal is not mentioned."""

import copy
from decimal import Decimal
from typing import Any

import pytest

from cadastre.ordinances.difference import ordinance_difference
from cadastre.valuation.facts import UnitKind
from cadastre.valuation.ordinance import BuildingCost, LandValue
from tests.property_tax_facts import ordinance, rates


def texts(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The sentences, each once."""
    found = ordinance_difference(ordinance(**before), ordinance(**after))
    return list(dict.fromkeys(one.text for one in found.changes))


def zones(**values: str) -> dict[str, Any]:
    return {
        "land_values": {
            code: LandValue(UnitKind.RURAL if code[0] == "R" else UnitKind.URBAN, Decimal(value))
            for code, value in values.items()
        }
    }


FACTOR = {
    "code": "F",
    "label": "Frente",
    "kind": "RANGE",
    "of": ["front_m"],
    "rows": [["0", "0.9"], ["8", "1"]],
    "highest": "1",
}


def land(*factors: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"valuation": {"urban_land": {"factors": list(factors)} | members}}


def test_an_ordinance_does_not_differ_from_itself():
    found = ordinance_difference(ordinance(), ordinance())
    assert found.changes == ()
    assert "No cambia nada." in found.as_text()
    assert found.as_dict()["is_equal"]


def test_prices_that_move_together_share_a_sentence():
    before, after = zones(U1="50", U2="100", U3="40"), zones(U1="56", U2="112", U3="40")
    assert texts(before, after) == ["Los precios suben 12 % en las 2 zonas urbanas U1 y U2."]


def test_one_price_tells_from_what_to_what():
    assert texts(zones(U3="45.50"), zones(U3="50.96")) == [
        "Los precios suben 12 % en la zona urbana U3: de 45,5 a 50,96 USD/m²."
    ]
    assert texts(zones(R1="9000"), zones(R1="8100")) == [
        "Los precios bajan 10 % en la zona rural R1: de 9.000 a 8.100 USD/ha."
    ]


def test_zones_come_go_and_change_their_kind():
    before = zones(U1="50", U2="60")
    after = {
        "land_values": {
            "U2": LandValue(UnitKind.RURAL, Decimal(9000)),
            "U4": LandValue(UnitKind.URBAN, Decimal(70)),
        }
    }
    assert texts(before, after) == [
        "Desaparece la zona urbana U1 (50 USD/m²).",
        "La zona U2 pasa de urbana (60 USD/m²) a rural (9.000 USD/ha).",
        "Zona urbana nueva: U4, 70 USD/m².",
    ]


def test_the_summary_counts_zones_and_tells_the_middle():
    before, after = zones(U1="50", U2="100", U3="40"), zones(U1="55", U2="90", U3="40")
    [line] = ordinance_difference(ordinance(**before), ordinance(**after)).summary
    assert line == (
        "De 3 zonas urbanas que siguen, 1 suben, 1 bajan y 1 quedan igual; el cambio del medio es de 0 %."
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["0", "0.9"], ["8", "1"], ["20", "1.1"]],
            "La tabla «Factor Frente» tiene una fila nueva: desde 20, 1,1.",
        ),
        ([["0", "0.9"]], "La tabla «Factor Frente» pierde una fila: desde 8 (1)."),
        (
            [["0", "0.9"], ["8", "1.2"]],
            "En «Factor Frente», desde 8 pasa de 1 a 1,2 (20 %).",
        ),
    ],
)
def test_a_row_of_a_factor_that_changes_is_named(rows, expected):
    assert texts(land(FACTOR), land(FACTOR | {"rows": rows})) == [expected]


def test_factors_come_and_go():
    other = copy.deepcopy(FACTOR) | {"code": "G", "label": "Fondo", "of": ["depth_m"]}
    assert texts(land(FACTOR), land(other)) == [
        "Desaparece de suelo urbano el factor «Frente».",
        "Factor nuevo en suelo urbano: «Fondo».",
    ]


def test_a_factor_that_looks_at_something_else_is_told_so():
    [told] = texts(land(FACTOR), land(FACTOR | {"of": ["depth_m"]}))
    assert told.startswith("El factor «Frente» se calcula de otro modo")


def test_limits_of_a_factor_and_of_the_total():
    assert texts(land(FACTOR, highest="1.5"), land(FACTOR | {"highest": "1.1"}, highest="2")) == [
        "En «Factor Frente», el máximo pasa de 1 a 1,1 (10 %).",
        "En «Factor total del suelo urbano», el máximo pasa de 1,5 a 2 (33,3 %).",
    ]


def test_rates_and_their_mode():
    before = {"urban_rates": rates("BRACKET", ["0", "1"], ["50000", "2"])}
    after = {"urban_rates": rates("MARGINAL", ["0", "1.2"], ["50000", "2"], ["90000", "3"])}
    assert texts(before, after) == [
        "La tarifa urbana pasa de por rangos a por tramos.",
        "En «Tarifa urbana», desde 0,00 dólares pasa de 1 ‰ a 1,2 ‰ (20 %).",
        "La tabla «Tarifa urbana» tiene una fila nueva: desde 90.000,00 dólares, 3 ‰.",
    ]


def test_costs_lives_and_depreciation():
    before = {"building_costs": {"CONCRETE": BuildingCost(Decimal(310), 50, Decimal(20))}}
    after = {
        "building_costs": {
            "CONCRETE": BuildingCost(Decimal("325.5"), 60, Decimal(20)),
            "STEEL": BuildingCost(Decimal(280), 40, Decimal(10)),
        },
        "valuation": {"buildings": {"depreciation": "ROSS_HEIDECKE", "states": {"GOOD": "0.02"}}},
    }
    assert texts(before, after) == [
        "En «Costo por m²», la estructura CONCRETE pasa de 310 USD a 325,5 USD (5 %).",
        "La tabla «Costo por m²» tiene una fila nueva: la estructura STEEL, 280 USD.",
        "En «Vida útil», la estructura CONCRETE pasa de 50 años a 60 años (20 %).",
        "La depreciación pasa de línea recta a Ross-Heidecke.",
    ]


def test_local_taxes_and_general_rules():
    charge = {"code": "REFUSE", "label": "Basura", "amount": "12.00"}
    before = {"service_charges": [charge], "emission_fee": {"amount": "2.00"}}
    after = {
        "service_charges": [charge | {"amount": "13.00"}],
        "emission_fee": {"amount": "2.50"},
        "taxed_area": "TITLED",
        "applied_taxes": ["UNBUILT_LAND"],
    }
    assert texts(before, after) == [
        "Tasa «Basura»: pasa de «12 dólares por predio» a «13 dólares por predio».",
        "El área que se grava: pasa de «la del catastro» a «la del título».",
        "En «Servicio administrativo», la tasa pasa de 2 USD a 2,5 USD (25 %).",
        "Se aplica el recargo a solares no edificados (COOTAD 507).",
    ]


def test_json_tells_numbers_as_texts_and_the_text_has_headings():
    found = ordinance_difference(ordinance(**zones(U1="50")), ordinance(**zones(U1="56")))
    [change] = found.as_dict()["changes"]
    assert (change["before"], change["after"], change["percent"]) == ("50", "56", "12.00")
    assert "\nPrecios del suelo\n" in found.as_text()

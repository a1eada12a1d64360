"""What the declared valuation methods say to the cases of ``tests/cases/valuation``."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cadastre.valuation.aliquot import part_of_area
from cadastre.valuation.depreciation import part_lost, read_depreciation
from cadastre.valuation.factors import factor_value, read_factor
from cadastre.valuation.facts import UnitKind, WorkFacts
from cadastre.valuation.land_value import land_value
from cadastre.valuation.ordinance import LandValue
from cadastre.valuation.traits import Traits
from cadastre.valuation.work_value import work_value
from gis_project.core.assessment import check_line
from gis_project.core.quantity import is_consistent
from tests.property_tax_facts import ordinance, unit

Told = dict[str, Any]

ROSS_HEIDECKE = {
    "1.0": "0",
    "1.5": "0.0003",
    "2.0": "0.0252",
    "2.5": "0.0809",
    "3.0": "0.1810",
    "3.5": "0.3320",
    "4.0": "0.5260",
    "4.5": "0.7520",
    "5.0": "1",
}
QUADRATIC = {
    "GOOD": {"a": "0.0051", "b": "0.4581", "c": "2.3666"},
    "REGULAR": {"a": "0.0043", "b": "0.385", "c": "17.968"},
    "BAD": {"a": "0.0025", "b": "0.0222", "c": "52.556"},
}
TABLE = [["0", "0"], ["10", "8.5"], ["20", "17"], ["30", "25.5"], ["40", "40"]]
FACTORS = {
    "TOPOGRAPHY": {"kind": "WORD", "of": ["topography"], "rows": {"FLAT": "1", "STEEP": "0.85"}},
    "LOCATION": {"kind": "WORD", "of": ["location"], "rows": {"MIDDLE": "1", "CORNER": "1.15"}},
    "SHAPE": {"kind": "WORD", "of": ["shape"], "rows": {"REGULAR": "1"}},
    "FRONT": {
        "kind": "POWER",
        "of": ["front_m"],
        "over": ["typical_front_m"],
        "exponent": "1/4",
        "decimals": 4,
    },
}
FACTORS["TOPOGRAPHY_WEIGHTED"] = FACTORS["TOPOGRAPHY"] | {"weight": "0.3"}
FACTORS["LOCATION_WEIGHTED"] = FACTORS["LOCATION"] | {"weight": "0.5"}
RURAL_FACTORS = [
    {"code": "ACCESS", "kind": "WORD", "of": ["access"], "rows": {"TRACK": "0.9"}},
    {"code": "IRRIGATION", "kind": "WORD", "of": ["irrigation"], "rows": {"CANAL": "1.2"}},
]
SIZE = {"code": "SIZE", "kind": "RANGE", "of": ["area_m2"], "rows": [["0", "1.5"], ["80000", "1"]]}


def depreciation(given: Told) -> Told:
    states: Told = {}
    if given["kind"] == "ROSS_HEIDECKE":
        states = ROSS_HEIDECKE
    elif given["kind"] == "QUADRATIC":
        states = QUADRATIC
    elif given["kind"] == "TABLE":
        states = {"GOOD": given.get("rows", TABLE)}
    method = read_depreciation({"depreciation": given["kind"], "states": states}, "1")
    known = {"condition": given["state"]} if "state" in given else {}
    lost, how = part_lost(
        method,
        age=given["age"],
        life=given["life"],
        residual_pct=Decimal(given.get("residual", "0")),
        traits=Traits("a", "K-a", known),
    )
    assert how is None or (how.value == lost and is_consistent(how))
    return {"lost": str(lost)}


def factors(given: Told) -> Told:
    row = {"code": "CASE"} | {name: value for name, value in given.items() if name != "traits"}
    factor = read_factor(row, "1")
    looked_at = {*factor.of, *factor.over}
    is_number = factor.kind != "WORD" or given.get("number_traits", False)
    known = {
        name: Decimal(value) if is_number else value
        for name, value in given["traits"].items()
        if name in looked_at
    }
    found = factor_value(factor, Traits("a", "K-a", known))
    assert is_consistent(found)
    return {"value": str(found.value)}


def land_method(given: Told) -> Told:
    places = given.get("unit_value_decimals", 2)
    method: Told = {
        "combine": given["combine"],
        "factors": [FACTORS[code] | {"code": code} for code in given["factors"]],
        "unit_value_decimals": None if places < 0 else places,
        "order": given.get("order", ["ZONE"]),
        "prices": {
            "BLOCK": {"023": {"value": "85", "typical": {"typical_front_m": "10"}}},
            "AXIS": {"A1": {"value": "120"}},
            "SECTOR": {"S1": {"value": "30"}},
            "ZONE": {"Z1": {"typical": {"typical_front_m": "10"}}},
        },
    }
    if given.get("exception"):
        method["prices"]["UNIT"] = {"K-a": {"value": given["exception"]}}
    for name in ("lowest", "highest", "factor_decimals"):
        if name in given:
            method[name] = given[name]
    facts = unit(
        legal_area_m2=Decimal(400),
        zone_code=given.get("zone", "Z1") or None,
        aliquot=Fraction(given["aliquot"]) if "aliquot" in given else None,
        traits={
            "topography": "STEEP",
            "location": "CORNER",
            "front_m": Decimal("12.5"),
            **given.get("codes", {}),
        },
    )
    line = land_value(facts, ordinance(valuation={"urban_land": method}))
    check_line(line)
    told = {"amount": str(line.amount)}
    if line.rate_from is not None:
        told["factor"] = str(line.rate_from.parts[1].value)
    return told


def soil_classes(given: Told) -> Told:
    method: Told = {
        "factors": [
            *(RURAL_FACTORS if given["factors"] else []),
            *([SIZE] if "aliquot" in given else []),
        ],
        "classes": {"R1": {"I": "12000", "IV": "6000", "VII": "1500"}},
        "class_tolerance_pct": "1",
    }
    facts = unit(
        kind=UnitKind.RURAL,
        legal_area_m2=Decimal(100_000) if given.get("is_legal_known", True) else None,
        titled_area_m2=Decimal(100_000),
        aliquot=Fraction(given["aliquot"]) if "aliquot" in given else None,
        soil_classes=tuple((name, Decimal(area)) for name, area in given["parts"]),
        traits={"access": "TRACK", "irrigation": given.get("irrigation", "CANAL")},
    )
    rule = ordinance(
        valuation={"rural_land": method},
        taxed_area=given.get("taxed_area", "LEGAL"),
        land_values={"R1": LandValue(UnitKind.RURAL, Decimal(9000))},
    )
    line = land_value(facts, rule)
    check_line(line)
    assert (line.base_from is None) is ("aliquot" not in given)
    return {"amount": str(line.amount)}


def aliquot(given: Told) -> Told:
    told = given["aliquot"]
    found = Fraction(told) if "/" in told else Decimal(told)
    unit(aliquot=found)
    part, how = part_of_area(Decimal(given["area"]), found)
    assert how is None or (how.value == part and is_consistent(how))
    return {"part": str(part)}


def work(given: Told) -> Told:
    rule = ordinance(
        valuation={
            "works": {
                "FENCE": {"label": "Cerramiento", "cost": "25", "life": 20, "residual_pct": "10"}
            }
        }
    )
    facts = WorkFacts("w", given["code"], Decimal(given["quantity"]), given.get("built_in"))
    line = work_value(facts, unit(), rule)
    check_line(line)
    return {"amount": str(line.amount)}


VALUATION_RULES: dict[str, Callable[[Told], Told]] = {
    "valuation/aliquot": aliquot,
    "valuation/depreciation": depreciation,
    "valuation/factors": factors,
    "valuation/land_method": land_method,
    "valuation/soil_classes": soil_classes,
    "valuation/work_value": work,
}

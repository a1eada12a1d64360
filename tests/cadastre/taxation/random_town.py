"""A made-up ordinance with every declared method, and a seeded town of predios to bill with it.

A predio is a plain dict, so that the rules and the oracle each read it in their own way.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from cadastre.valuation.facts import AppraisedUnit, BuildingFacts, UnitFacts, UnitKind, WorkFacts
from cadastre.valuation.ordinance import BuildingCost, LandValue, OrdinanceFacts
from cadastre.valuation.tax_standing import (
    Grant,
    HolderStanding,
    LotStanding,
    Mortgage,
    TaxStanding,
)
from tests.property_tax_facts import ordinance, rates

Predio = dict[str, Any]
PARAMETERS: dict[str, Any] = {
    "urban_rates": rates("BRACKET", ("0", "0.6"), ("50000", "0.9"), ("150000", "1.4")),
    "rural_rates": rates("MARGINAL", ("0", "0.5"), ("40000", "0.8"), ("200000", "1.25")),
    "accumulation": "SHARES",
    "applied_taxes": ["UNBUILT_LAND", "PROMOTION_ZONE"],
    "mortgage_percent": "35",
    "exemptions": [
        {
            "code": "LOW_COST",
            "kinds": ["URBAN"],
            "steps": [{"years": 5, "percent": "100"}, {"years": 5, "percent": "50"}],
            "value_below": "30000",
        },
        {"code": "STIMULUS", "on": "TAX", "steps": [{"years": 10, "percent": "17.5"}]},
    ],
    "service_charges": [
        {
            "code": "SAFETY",
            "basis": "PER_MILLE",
            "amount": "0.07",
            "lowest": "1.50",
            "highest": "9.99",
        },
        {
            "code": "REFUSE",
            "basis": "PERCENT_OF_TAX",
            "amount": "3.3",
            "applies_to": "BUILT",
            "kinds": ["URBAN"],
        },
    ],
    "valuation": {
        "urban_land": {
            "lowest": "0.55",
            "highest": "1.35",
            "unit_value_decimals": 2,
            "order": ["BLOCK", "ZONE"],
            "prices": {
                "BLOCK": {"B1": {"value": "88.8", "typical": {"typical_front_m": "12"}}},
                "ZONE": {
                    "Z1": {"typical": {"typical_front_m": "10"}},
                    "Z2": {"typical": {"typical_front_m": "15"}},
                },
            },
            "factors": [
                {
                    "code": "FRONT",
                    "kind": "POWER",
                    "of": ["front_m"],
                    "over": ["typical_front_m"],
                    "exponent": "1/4",
                    "decimals": 4,
                },
                {
                    "code": "TOPOGRAPHY",
                    "kind": "WORD",
                    "of": ["topography"],
                    "rows": {"FLAT": "1", "STEEP": "0.83"},
                },
                {
                    "code": "SIZE",
                    "kind": "RANGE",
                    "of": ["area_m2"],
                    "rows": [["0", "1.07"], ["250", "1"], ["900", "0.91"]],
                },
            ],
        },
        "rural_land": {
            "combine": "MEAN",
            "factors": [
                {
                    "code": "DISTANCE",
                    "kind": "POINTS",
                    "of": ["distance_km"],
                    "rows": [["0", "1.1"], ["7", "0.9"], ["40", "0.6"]],
                },
                {
                    "code": "WATER",
                    "kind": "WORD",
                    "of": ["irrigation"],
                    "rows": {"YES": "1.3", "NO": "1"},
                },
            ],
            "classes": {"R1": {"I": "12000", "IV": "6000", "VII": "1500"}},
            "class_tolerance_pct": "0.5",
        },
        "buildings": {
            "depreciation": "ROSS_HEIDECKE",
            "states": {"GOOD": "0.0252", "FAIR": "0.1810", "BAD": "0.5260"},
            "factors": [
                {
                    "code": "USE",
                    "kind": "WORD",
                    "of": ["use"],
                    "rows": {"HOME": "1", "SHOP": "1.15"},
                }
            ],
        },
        "works": {"FENCE": {"cost": "23.45", "life": 20, "residual_pct": "12.5"}},
    },
}


def town_ordinance() -> OrdinanceFacts:
    """The ordinance of the random town."""
    return ordinance(
        **PARAMETERS,
        land_values={
            "Z1": LandValue(UnitKind.URBAN, Decimal("45.5")),
            "Z2": LandValue(UnitKind.URBAN, Decimal("120.75")),
            "R1": LandValue(UnitKind.RURAL, Decimal("9000")),
        },
        building_costs={
            "CONCRETE": BuildingCost(Decimal("310.20"), 60, Decimal("10")),
            "ADOBE": BuildingCost(Decimal("111.11"), 40, Decimal("8")),
        },
    )


def random_predios(count: int, seed: int) -> list[Predio]:
    """``count`` predios of ``count``/2 people, the same for the same seed."""
    dice = Random(seed)
    return [_predio(dice, number, max(2, count // 2)) for number in range(count)]


def _predio(dice: Random, number: int, people: int) -> Predio:
    kind = dice.choice(["URBAN", "URBAN", "RURAL"])
    area = dice.randint(500_000, 20_000_000) if kind == "URBAN" else dice.randint(10**7, 5 * 10**9)
    told: Predio = {
        "id": str(number),
        "kind": kind,
        "zone": dice.choice(["Z1", "Z2"]) if kind == "URBAN" else "R1",
        "block": dice.choice(["B1", "B9", None]),
        "area": Fraction(area, 10_000),
        "front": Fraction(dice.randint(300, 4000), 100),
        "topography": dice.choice(["FLAT", "STEEP"]),
        "distance": Fraction(dice.randint(0, 4000), 100),
        "irrigation": dice.choice(["YES", "NO"]),
        "aliquot": dice.choice([None, None, None, Fraction(1, 3), Fraction(5, 7)]),
        "classes": dice.choice([("NATURAL",), ("NATURAL",), ("PUBLIC",), ("COMMUNE",)])
        if dice.random() < 0.1
        else ("NATURAL",),
        "buildings": [_building(dice) for _ in range(dice.choice([0, 0, 1, 1, 2]))],
        "works": [
            (Fraction(dice.randint(1, 20_000), 100), dice.randint(1990, 2025))
            for _ in range(dice.choice([0, 0, 0, 1]))
        ],
        "owners": _owners(dice, people),
        "grants": _grants(dice, kind) if dice.random() < 0.25 else [],
        "mortgage": Fraction(dice.randint(0, 10**7), 100) if dice.random() < 0.1 else None,
        "asked_late": dice.random() < 0.2,
        "services": dice.choice([{"WATER", "SEWER", "ELECTRICITY"}, {"WATER"}, None]),
        "transferred_in": dice.choice([None, None, 2024, 2025, 2026]),
        "declared": dice.choice([None, date(2025, 1, 1), date(2025, 1, 2)]),
    }
    cuts = sorted(dice.sample(range(1, 100), 2))
    told["soil"] = [
        (name, told["area"] * Fraction(end - start, 100))
        for name, start, end in zip(("I", "IV", "VII"), [0, *cuts], [*cuts, 100], strict=True)
    ]
    if dice.random() < 0.03:
        told[dice.choice(["front", "topography", "distance", "irrigation"])] = None
    return told


def _building(dice: Random) -> Predio:
    return {
        "structure": dice.choice(["CONCRETE", "ADOBE"]),
        "area": Fraction(dice.randint(1000, 50_000), 100),
        "built_in": dice.choice(
            [None, *range(1940, 2027)] if dice.random() < 0.2 else [1999, 2020]
        ),
        "state": dice.choice(["GOOD", "FAIR", "BAD"]),
        "use": dice.choice(["HOME", "SHOP"]),
    }


def _owners(dice: Random, people: int) -> list[Predio]:
    weights = [dice.randint(1, 5) for _ in range(dice.choice([1, 1, 1, 2, 3]))]
    chosen = dice.sample(range(people), min(len(weights), people))
    return [
        {
            "id": f"p{person}",
            "share": Fraction(weight, sum(weights[: len(chosen)])),
            "born": dice.choice([None, 1940, 1960, 1961, 1990]),
            "patrimony": dice.choice([None, 100_000, 241_000, 300_000, 977_777]),
            "income": dice.choice([None, 500, 2410, 3000]),
            "disability": dice.choice([None, None, None, 29, 30, 75]),
        }
        for person, weight in zip(chosen, weights, strict=False)
    ]


def _grants(dice: Random, kind: str) -> list[Predio]:
    urban = [
        "TEMPLE",
        "NEW_DWELLING",
        "POPULAR_HOUSING",
        "FAMILY_PATRIMONY",
        "LOW_COST",
        "STIMULUS",
    ]
    codes = urban if kind == "URBAN" else ["MISSION", "FARM_CREDIT", "STIMULUS"]
    return [_grant(dice, code) for code in dice.sample(codes, dice.choice([1, 1, 2, 3]))]


def _grant(dice: Random, code: str) -> Predio:
    amount = Fraction(dice.randint(100, 5_000_000), 100) if code == "FARM_CREDIT" else None
    in_part = ("TEMPLE", "MISSION", "NEW_DWELLING", "POPULAR_HOUSING")
    part = dice.choice([None, Fraction(1, 4)]) if code in in_part else None
    return {"code": code, "from": dice.randint(2014, 2027), "amount": amount, "part": part}


def facts_of(told: Predio) -> UnitFacts:
    """The predio as valuation is given it."""
    traits: dict[str, Decimal | str] = {}
    for name, key in (("front_m", "front"), ("distance_km", "distance")):
        if told[key] is not None:
            traits[name] = exact(told[key])
    for name, key in (
        ("topography", "topography"),
        ("irrigation", "irrigation"),
        ("block_code", "block"),
    ):
        if told[key] is not None:
            traits[name] = told[key]
    return UnitFacts(
        unit_id=told["id"],
        key=f"K-{told['id']}",
        kind=UnitKind(told["kind"]),
        zone_code=told["zone"],
        legal_area_m2=exact(told["area"]),
        aliquot=told["aliquot"],
        buildings=tuple(
            BuildingFacts(
                str(place),
                row["structure"],
                exact(row["area"]),
                row["built_in"],
                condition=row["state"],
                traits={"use": row["use"]},
            )
            for place, row in enumerate(told["buildings"])
        ),
        holder_classes=told["classes"],
        traits=traits,
        soil_classes=tuple((name, exact(area)) for name, area in told["soil"]),
        works=tuple(
            WorkFacts("w", "FENCE", exact(metres), year, "GOOD") for metres, year in told["works"]
        ),
    )


def standing_of(told: Predio) -> TaxStanding:
    """The predio's holders and circumstances as the tax is given them."""
    mortgage = told["mortgage"]
    asked = date(2025, 12, 1) if told["asked_late"] else date(2025, 11, 30)
    return TaxStanding(
        grants=tuple(
            Grant(
                row["code"],
                row["from"],
                part=None if row["part"] is None else exact(row["part"]),
                amount=None if row["amount"] is None else exact(row["amount"]),
            )
            for row in told["grants"]
        ),
        holders=tuple(
            HolderStanding(
                row["id"],
                row["share"],
                None if row["born"] is None else date(row["born"], 12, 31),
                None if row["income"] is None else Decimal(row["income"]),
                None if row["patrimony"] is None else Decimal(row["patrimony"]),
                None if row["disability"] is None else Decimal(row["disability"]),
                claims_here=True,
                is_natural=True,
            )
            for row in told["owners"]
        ),
        mortgage=None if mortgage is None else Mortgage(exact(mortgage), asked),
        lot=LotStanding(
            services=None if told["services"] is None else frozenset(told["services"]),
            transferred_in=told["transferred_in"],
            promotion_declared_on=told["declared"],
        ),
    )


def with_standing(held: AppraisedUnit, told: Predio) -> AppraisedUnit:
    """The appraised predio with what its tax looks at."""
    return AppraisedUnit(held.unit, held.appraisal, standing_of(told))


def exact(number: Fraction) -> Decimal:
    """The fraction as a decimal; it must have an end."""
    found = Decimal(number.numerator) / Decimal(number.denominator)
    assert Fraction(found) == number
    return found

"""Rural land by agrological class: each part of the predio at the price per hectare of its class.

The parts are measured; the taxed area is shared out among them in their proportion, so that it is
neither lost nor made. Parts that miss the area by more than the tolerance are a work list.
"""

from decimal import Decimal

from cadastre.valuation.facts import MissingInput, UnitFacts
from cadastre.valuation.land_method import LandMethod, total_factor
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.traits import Traits
from gis_project.core.assessment import DIVISOR, Line, RateUnit
from gis_project.core.money import to_cents
from gis_project.core.quantity import Operation, Quantity, derived, given

_HUNDRED = Decimal(100)


def soil_class_lines(
    unit: UnitFacts,
    lot_m2: Decimal,
    area_m2: Decimal,
    method: LandMethod,
    ordinance: OrdinanceFacts,
) -> tuple[Line, ...]:
    """One line a class of ``area_m2``: the taxed area ``lot_m2``, or the unit's aliquot of it.

    Factors look at the whole lot; the parts are measured on its legal area. Raises ``MissingInput``
    (AREA, SOIL_CLASSES, LAND_VALUE, TRAIT, FACTOR_ROW).
    """
    measured = sum((area for _, area in unit.soil_classes), Decimal(0))
    whole = unit.legal_area_m2
    if whole is None:
        raise MissingInput(
            f"Al predio {unit.key} le falta el área catastral, con la que se comparan sus clases de "
            "suelo.",
            unit_id=unit.unit_id,
            what="AREA",
        )
    gap = abs(measured - whole) * _HUNDRED
    if not unit.soil_classes or gap > whole * method.class_tolerance_pct:
        raise MissingInput(
            f"Las clases de suelo del predio {unit.key} suman {measured:f} m² de {whole:f}: "
            "complete el mapa de clases agrológicas o la ficha.",
            unit_id=unit.unit_id,
            what="SOIL_CLASSES",
        )
    prices = method.classes[unit.zone_code or ""]
    factor = _factor(unit, lot_m2, method)
    lines = []
    for name, part in unit.soil_classes:
        price = prices.get(name)
        if price is None:
            raise MissingInput(
                f"La ordenanza {ordinance.number} no da valor a la clase {name} en la zona "
                f"{unit.zone_code}.",
                unit_id=unit.unit_id,
                what="LAND_VALUE",
            )
        lines.append(_line(name, part, measured, area_m2, price, factor, method))
    return tuple(lines)


def _factor(unit: UnitFacts, lot_m2: Decimal, method: LandMethod) -> Quantity | None:
    if not method.factors:
        return None
    traits = Traits(unit.unit_id, unit.key, {**unit.traits, "area_m2": lot_m2})
    return total_factor(method, traits)


def _line(
    name: str,
    part: Decimal,
    measured: Decimal,
    area_m2: Decimal,
    price: Decimal,
    factor: Quantity | None,
    method: LandMethod,
) -> Line:
    base = derived(
        "CLASS_AREA",
        f"Área de la clase {name} (m²)",
        Operation.QUOTIENT,
        [
            derived(
                "SCALED_AREA",
                "Área gravada por parte medida",
                Operation.PRODUCT,
                [given("TAXED_AREA", "Área gravada (m²)", area_m2), given("PART", "Parte", part)],
            ),
            given("MEASURED", "Suma de las partes", measured),
        ],
        decimals=6,
    )
    rate_from = None
    if factor is not None:
        rate_from = derived(
            "UNIT_VALUE",
            "Valor por hectárea",
            Operation.PRODUCT,
            [given("PRICE", f"Precio de la clase {name}", price), factor],
            decimals=method.unit_value_decimals,
            citation=method.citation,
        )
    rate = price if rate_from is None else rate_from.value
    return Line(
        "LAND_CLASS",
        f"Suelo de clase {name}",
        base.value,
        rate,
        RateUnit.USD_PER_HA,
        to_cents(base.value * rate / DIVISOR[RateUnit.USD_PER_HA]),
        method.citation,
        "",
        (),
        base,
        rate_from,
    )

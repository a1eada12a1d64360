"""Value of the land: unit value by area (COOTAD Art. 495 a, 516).

The unit value is the plan's price by the ordinance's factors; where it declares none, the price.
Rural land with agrological classes is the sum of its classes, each with its own price per hectare.
"""

from decimal import Decimal

from cadastre.valuation.aliquot import aliquot_text, part_of_area
from cadastre.valuation.facts import UnitFacts, UnitKind
from cadastre.valuation.land_method import PLAIN, LandMethod, total_factor
from cadastre.valuation.land_price import LandPrice, land_price
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.soil_classes import soil_class_lines
from cadastre.valuation.taxed_area import taxed_area
from gis_project.core.assessment import DIVISOR, Line, RateUnit
from gis_project.core.money import ZERO, to_cents
from gis_project.core.quantity import Operation, Quantity, derived, given

CONCEPT = "LAND"
_UNIT_OF = {UnitKind.URBAN: RateUnit.USD_PER_M2, UnitKind.RURAL: RateUnit.USD_PER_HA}


def land_value(unit: UnitFacts, ordinance: OrdinanceFacts) -> Line:
    """The land line; a condominium's unit is valued on its aliquot of the lot's area.

    Raises ``MissingInput`` without price, area, or a fact or row that the ordinance's factors need.
    """
    method = _method(unit, ordinance)
    if method.classes and unit.zone_code in method.classes:
        return _by_class(unit, ordinance, method)
    price = _price(unit, ordinance, method)
    area, note = taxed_area(unit, ordinance)
    base_from = None
    if unit.aliquot is not None:
        note = f"alícuota {aliquot_text(unit.aliquot)} de {area:f} m² ({note})"
        area, base_from = part_of_area(area, unit.aliquot)
    rate, rate_from = _unit_value(price, method)
    rate_unit = _UNIT_OF[price.kind]
    return Line(
        CONCEPT,
        "Valor del suelo",
        area,
        rate,
        rate_unit,
        to_cents(area * rate / DIVISOR[rate_unit]),
        ordinance.land_value_citation,
        f"{price.note}; {note}",
        (),
        base_from,
        rate_from,
    )


def _method(unit: UnitFacts, ordinance: OrdinanceFacts) -> LandMethod:
    zone = ordinance.land_values.get(unit.zone_code or "")
    kind = unit.kind if zone is None else zone.kind
    methods = ordinance.methods
    return (methods.urban_land if kind is UnitKind.URBAN else methods.rural_land) or PLAIN


def _price(unit: UnitFacts, ordinance: OrdinanceFacts, method: LandMethod) -> LandPrice:
    # Factors look at the whole lot, so its area counts here even for a unit of a condominium.
    area = Decimal(0) if not method.factors else taxed_area(unit, ordinance)[0]
    return land_price(unit, area, method, ordinance)


def _unit_value(price: LandPrice, method: LandMethod) -> tuple[Decimal, Quantity | None]:
    if not method.factors:
        return price.value, None
    unit_value = derived(
        "UNIT_VALUE",
        "Valor unitario",
        Operation.PRODUCT,
        [
            given("PRICE", "Precio del plano", price.value, note=price.note),
            total_factor(method, price.traits),
        ],
        decimals=method.unit_value_decimals,
        citation=method.citation,
    )
    return unit_value.value, unit_value


def _by_class(unit: UnitFacts, ordinance: OrdinanceFacts, method: LandMethod) -> Line:
    lot, note = taxed_area(unit, ordinance)
    area, base_from = lot, None
    if unit.aliquot is not None:
        note = f"alícuota {aliquot_text(unit.aliquot)} de {lot:f} m² ({note})"
        area, base_from = part_of_area(lot, unit.aliquot)
    children = soil_class_lines(unit, lot, area, method, ordinance)
    amount = sum((line.amount for line in children), ZERO)
    return Line(
        CONCEPT,
        "Valor del suelo",
        area,
        Decimal(0),
        RateUnit.USD_PER_HA,
        amount,
        ordinance.land_value_citation,
        f"zona {unit.zone_code}; {note}",
        children,
        base_from,
    )

"""Value of the land: unit value of its zone by its area (COOTAD Art. 495 a, 516)."""

from decimal import ROUND_HALF_UP, Decimal

from cadastre.valuation.facts import MissingInput, UnitFacts, UnitKind
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.taxed_area import taxed_area
from gis_project.core.assessment import DIVISOR, Line, RateUnit
from gis_project.core.money import to_cents

CONCEPT = "LAND"
_SHARE_STEP = Decimal("0.000001")
_UNIT_OF = {UnitKind.URBAN: RateUnit.USD_PER_M2, UnitKind.RURAL: RateUnit.USD_PER_HA}


def land_value(unit: UnitFacts, ordinance: OrdinanceFacts) -> Line:
    """The land line; a condominium's unit is valued on its aliquot of the lot's area.

    Raises ``MissingInput`` without zone, without a value for the zone, or without area.
    """
    if not unit.zone_code:
        raise MissingInput(
            f"El predio {unit.key} no está en ninguna zona de valor: complete el plano de valor.",
            unit_id=unit.unit_id,
            what="ZONE",
        )
    zone = ordinance.land_values.get(unit.zone_code)
    if zone is None:
        raise MissingInput(
            f"La ordenanza {ordinance.number} no da valor a la zona {unit.zone_code}.",
            unit_id=unit.unit_id,
            what="LAND_VALUE",
        )
    area, note = taxed_area(unit, ordinance)
    if unit.aliquot is not None:
        note = f"alícuota {unit.aliquot:f} de {area:f} m² ({note})"
        area = (area * unit.aliquot).quantize(_SHARE_STEP, ROUND_HALF_UP)
    rate_unit = _UNIT_OF[zone.kind]
    return Line(
        CONCEPT,
        "Valor del suelo",
        area,
        zone.value,
        rate_unit,
        to_cents(area * zone.value / DIVISOR[rate_unit]),
        ordinance.land_value_citation,
        f"zona {unit.zone_code}; {note}",
    )

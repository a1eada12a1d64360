"""Which facts of a predio an ordinance looks at: the register is asked for those and no others."""

from collections.abc import Iterable
from dataclasses import dataclass

from cadastre.valuation.factors import Factor
from cadastre.valuation.land_method import LandMethod, PriceLevel
from cadastre.valuation.local_taxes import ChargeBasis
from cadastre.valuation.ordinance import OrdinanceFacts


@dataclass(frozen=True, slots=True)
class AskedFacts:
    """Names of traits of lots, and which other tables are to be read."""

    traits: frozenset[str]
    soil_classes: bool
    works: bool
    services: bool
    uses: bool
    axes: bool
    blocks: bool
    sectors: bool


def asked_facts(ordinance: OrdinanceFacts) -> AskedFacts:
    """What valuation and taxes of ``ordinance`` need beyond area, zone, buildings and holders."""
    methods = ordinance.methods
    lands = [land for land in (methods.urban_land, methods.rural_land) if land is not None]
    levels = {level for land in lands for level in land.order if _has_prices(land, level)}
    names = _names(factor for land in lands for factor in land.factors)
    names |= _names(methods.building_factors)
    is_unbuilt_charged = "UNBUILT_LAND" in ordinance.local.applied_taxes
    return AskedFacts(
        traits=frozenset(names),
        soil_classes=any(land.classes for land in lands),
        works=bool(methods.works),
        services=is_unbuilt_charged or "services" in names,
        uses=any(
            charge.basis is ChargeBasis.PER_UNIT for charge in ordinance.local.service_charges
        ),
        axes=PriceLevel.AXIS in levels,
        blocks=PriceLevel.BLOCK in levels,
        sectors=PriceLevel.SECTOR in levels,
    )


def _has_prices(land: LandMethod, level: PriceLevel) -> bool:
    return bool(land.prices.get(level))


def _names(factors: Iterable[Factor]) -> set[str]:
    return {name for factor in factors for name in (*factor.of, *factor.over)}

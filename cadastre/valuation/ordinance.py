"""An ordinance as the rules see it: frozen parameters, hashed content, its own citations.

``ordinance_facts`` reads the shape that is stored in the database: ``parameters`` (JSON, every
number a string) with the members below, all required, and the tables of land values and unit costs.

    taxed_area            LEGAL | TITLED | LOWER_OF_BOTH
    area_tolerance_pct    "2.5" or null: beyond it LOWER_OF_BOTH takes the legal area
    use_migrated_values   true: a predio with a migrated value is taxed on it
    urban_rates           {"mode": "FLAT|BRACKET|MARGINAL", "article": "5",
    rural_rates            "bands": [{"from": "0", "rate_per_mille": "1.2"}, …]}
    emission_fee          {"amount": "2.00", "article": "9"}
    sbu_year              SAME | PREVIOUS: the year whose basic salary measures exemptions
    rural_follows_art_512 true: the fortnight discounts and the July surcharge hold for rural too
    land_value_article    "3"
    building_value_article "4"

Optional: ``valuation``, the declared methods (cadastre/valuation/methods.py), and the members that
cadastre/valuation/local_taxes.py describes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from cadastre.valuation.facts import UnitKind
from cadastre.valuation.local_taxes import NO_LOCAL_TAXES, LocalTaxes, read_local_taxes
from cadastre.valuation.methods import PLAIN_METHODS, ValuationMethods, read_methods
from cadastre.valuation.rate_table import RateMode, RateTable
from cadastre.valuation.told_parameters import InvalidOrdinance as InvalidOrdinance
from cadastre.valuation.told_parameters import citation as _citation
from cadastre.valuation.told_parameters import flag as _flag
from cadastre.valuation.told_parameters import number as _number
from gis_project.core.canonical import sha256_hex
from gis_project.core.errors import DomainError


class TaxedArea(StrEnum):
    """Which of the areas the land is valued by."""

    LEGAL = "LEGAL"
    TITLED = "TITLED"
    LOWER_OF_BOTH = "LOWER_OF_BOTH"


class SbuYear(StrEnum):
    """Whose year's basic salary measures the exemptions of a tax year."""

    SAME = "SAME"
    PREVIOUS = "PREVIOUS"


@dataclass(frozen=True, slots=True)
class LandValue:
    """The unit value of a zone: dollars per m² (urban zones) or per hectare (rural zones)."""

    kind: UnitKind
    value: Decimal

    def __post_init__(self) -> None:
        if not (self.value.is_finite() and self.value > 0):
            raise InvalidOrdinance("El valor unitario de una zona debe ser mayor que 0.")


@dataclass(frozen=True, slots=True)
class BuildingCost:
    """The replacement cost of a structure and how it loses value, from the ordinance's table."""

    cost_per_m2: Decimal
    useful_life_years: int
    residual_pct: Decimal

    def __post_init__(self) -> None:
        if not (self.cost_per_m2.is_finite() and self.cost_per_m2 > 0):
            raise InvalidOrdinance("El costo por m² de una estructura debe ser mayor que 0.")
        if self.useful_life_years <= 0 or not 0 <= self.residual_pct <= 100:
            raise InvalidOrdinance("La vida útil debe ser mayor que 0 y el residual, de 0 a 100 %.")


@dataclass(frozen=True, slots=True)
class OrdinanceFacts:
    """What one municipality's ordinance says for one tax year."""

    municipality: str
    year: int
    number: str
    taxed_area: TaxedArea
    area_tolerance_pct: Decimal | None
    use_migrated_values: bool
    urban_rates: RateTable
    rural_rates: RateTable
    emission_fee: Decimal
    sbu_year: SbuYear
    rural_follows_art_512: bool
    land_values: Mapping[str, LandValue]
    building_costs: Mapping[str, BuildingCost]
    land_value_citation: str
    building_value_citation: str
    emission_fee_citation: str
    content_hash: str
    methods: ValuationMethods = PLAIN_METHODS
    local: LocalTaxes = NO_LOCAL_TAXES


def ordinance_facts(
    *,
    municipality: str,
    year: int,
    number: str,
    parameters: Mapping[str, Any],
    land_values: Mapping[str, LandValue],
    building_costs: Mapping[str, BuildingCost],
) -> OrdinanceFacts:
    """The ordinance for tax year ``year``; raises ``InvalidOrdinance`` naming what is wrong."""
    content = {
        "municipality": municipality,
        "year": year,
        "number": number,
        "parameters": parameters,
        "land_values": {
            code: {"kind": zone.kind, "value": zone.value} for code, zone in land_values.items()
        },
        "building_costs": {
            name: [cost.cost_per_m2, cost.useful_life_years, cost.residual_pct]
            for name, cost in building_costs.items()
        },
    }
    try:
        fee = parameters["emission_fee"]
        tolerance = parameters["area_tolerance_pct"]
        return OrdinanceFacts(
            municipality=municipality,
            year=year,
            number=number,
            taxed_area=TaxedArea(parameters["taxed_area"]),
            area_tolerance_pct=None if tolerance is None else _number(tolerance),
            use_migrated_values=_flag(parameters["use_migrated_values"]),
            urban_rates=_rate_table(parameters, "urban_rates"),
            rural_rates=_rate_table(parameters, "rural_rates"),
            emission_fee=_number(fee["amount"]),
            sbu_year=SbuYear(parameters["sbu_year"]),
            rural_follows_art_512=_flag(parameters["rural_follows_art_512"]),
            land_values=dict(land_values),
            building_costs=dict(building_costs),
            land_value_citation=_citation(number, parameters["land_value_article"]),
            building_value_citation=_citation(number, parameters["building_value_article"]),
            emission_fee_citation=_citation(number, fee.get("article", "")),
            content_hash=sha256_hex(content),
            methods=read_methods(parameters.get("valuation", {}), number),
            local=read_local_taxes(parameters, number),
        )
    except DomainError as refusal:
        raise InvalidOrdinance(f"Ordenanza {number}: {refusal.message}") from refusal
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidOrdinance(f"Ordenanza {number}: falta o está mal {error}.") from error


def _rate_table(parameters: Mapping[str, Any], member: str) -> RateTable:
    told = parameters[member]
    try:
        return RateTable(
            mode=RateMode(told["mode"]),
            starts=tuple(_number(band["from"]) for band in told["bands"]),
            rates_per_mille=tuple(_number(band["rate_per_mille"]) for band in told["bands"]),
            article=str(told.get("article", "")),
        )
    except DomainError as refusal:
        raise InvalidOrdinance(f"{member}: {refusal.message}") from refusal

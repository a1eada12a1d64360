"""An ordinance judged before it is written: complete, lawful in every tax year's terms, one value per code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry

from cadastre.imports.ordinance_file import OrdinanceFile
from cadastre.imports.raw_layer import RawLayer
from cadastre.imports.value_axes import value_axes
from cadastre.imports.value_zones import ValueZone, ZoneColumns, value_zones
from cadastre.operations.import_act import SourceFile
from cadastre.operations.import_parcels import source_srid
from cadastre.queries.ordinance_content import content_hash
from cadastre.taxation.accumulation import RateOutsideLaw
from cadastre.taxation.national_law import national_law
from cadastre.taxation.property_tax_rural import property_tax_rural
from cadastre.taxation.property_tax_urban import property_tax_urban
from cadastre.valuation.facts import UnitKind
from cadastre.valuation.land_method import PriceLevel
from cadastre.valuation.ordinance import BuildingCost as CostFacts
from cadastre.valuation.ordinance import LandValue, OrdinanceFacts, ordinance_facts
from cadastre.valuation.plan_prices import PlanPrice, with_prices
from gis_project.core.crs import import_transformer
from gis_project.core.errors import InvalidInput
from gis_project.territory.models import Municipality

TEMPLATE_NUMBER = "PLANTILLA"


class AxesWithoutLine(InvalidInput):
    """Prices by road axis need the line of each axis and how far it reaches: add what the message names."""

    code = "axes_without_line"


class OrdinanceIncomplete(InvalidInput):
    """With this file no predio could be billed: add what the message names."""

    code = "ordinance_incomplete"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonesAsked:
    """The map of land values as read, and what the technician said about it."""

    layer: RawLayer
    source: SourceFile
    columns: ZoneColumns
    srid: int | None = None
    accepts_psad56: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AxesAsked:
    """The map of road axes as read; its records name ``codigo`` and ``clase``."""

    layer: RawLayer
    source: SourceFile
    srid: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedOrdinance:
    """The file with its zones, as facts of the first tax year that it rules; the hash of it all."""

    file: OrdinanceFile
    zones: tuple[ValueZone, ...]
    axes: Mapping[tuple[str, str], BaseGeometry]
    facts: OrdinanceFacts
    content_hash: str

    @property
    def is_template(self) -> bool:
        """Whether it still has the number of the template."""
        return self.file.number.upper().startswith(TEMPLATE_NUMBER)


def judged_ordinance(
    file: OrdinanceFile,
    zones: ZonesAsked | None,
    *,
    municipality: Municipality,
    axes: AxesAsked | None = None,
) -> JudgedOrdinance:
    """The ordinance, fit to rule. Raises InvalidOrdinance, InvalidZones, InvalidAxes, OrdinanceIncomplete,
    AxesWithoutLine, RateOutsideLaw, and what the CRS of the zones is refused with.
    """
    year = first_tax_year(file.valid_from)
    if file.ends_before is not None and file.ends_before <= date(year, 1, 1):
        raise OrdinanceIncomplete(
            f"{file.place_of('valid_until')}: la vigencia no contiene ningún 1 de enero, así que no "
            "regiría ninguna emisión. Revise las fechas."
        )
    drawn = _drawn(file, zones, legal_srid=municipality.legal_srid)
    facts = _facts(file, drawn, municipality=municipality, year=year)
    _check_rates(file, facts)
    lines = _lines(file, axes, legal_srid=municipality.legal_srid)
    _check_prices(file, facts, lines)
    return JudgedOrdinance(
        file=file,
        zones=tuple(drawn),
        axes=lines,
        facts=facts,
        content_hash=_content_hash(file, drawn, lines),
    )


def first_tax_year(starts: date) -> int:
    """The first year whose 1 January is not before ``starts``: its roll is the first to follow it."""
    return starts.year if (starts.month, starts.day) == (1, 1) else starts.year + 1


def _drawn(file: OrdinanceFile, zones: ZonesAsked | None, *, legal_srid: int) -> list[ValueZone]:
    if zones is not None:
        srid = source_srid(zones.layer, zones.srid, legal_srid=legal_srid)
        import_transformer(srid, has_consent=zones.accepts_psad56)
        return value_zones(zones.layer, srid=srid, columns=zones.columns, told=file.land_values)
    if file.land_values:
        raise OrdinanceIncomplete(
            f"{file.place_of('land_value', 0)}: hay valores del suelo sin plano. Dé el mapa de zonas con --zones."
        )
    if not file.parameters["use_migrated_values"]:
        raise OrdinanceIncomplete(
            f"{file.place_of('parameters', 'use_migrated_values')}: es false y no hay zonas de valor, así que "
            "ningún predio tendría avalúo. Dé el mapa de zonas con --zones."
        )
    return []


def _facts(
    file: OrdinanceFile, drawn: list[ValueZone], *, municipality: Municipality, year: int
) -> OrdinanceFacts:
    return ordinance_facts(
        municipality=municipality.slug,
        year=year,
        number=file.number,
        parameters=with_prices(file.parameters, plan_prices(file)),
        land_values={zone.code: LandValue(UnitKind(zone.kind), zone.value) for zone in drawn},
        building_costs={
            row.structure: CostFacts(row.cost_per_m2, row.useful_life_years, row.residual_pct)
            for row in file.building_costs
        },
    )


def plan_prices(file: OrdinanceFile) -> list[PlanPrice]:
    """The prices by level of the file, as the land methods take them."""
    return [
        PlanPrice(row.kind, row.level, row.code, row.value, row.typical) for row in file.land_prices
    ]


def _lines(
    file: OrdinanceFile, axes: AxesAsked | None, *, legal_srid: int
) -> dict[tuple[str, str], BaseGeometry]:
    """The line of each axis that has a price; one without price belongs to no predio."""
    priced = {(row.kind, row.code) for row in file.land_prices if row.level == "AXIS"}
    if axes is None or not axes.layer.records:
        return {}
    srid = source_srid(axes.layer, axes.srid, legal_srid=legal_srid)
    drawn = value_axes(axes.layer, srid=srid)
    return {name: line for name, line in drawn.items() if name in priced}


def _check_prices(
    file: OrdinanceFile, facts: OrdinanceFacts, lines: Mapping[tuple[str, str], BaseGeometry]
) -> None:
    """A price that no predio could take is refused: its level is not in «order», its axis has no line."""
    methods = {"URBAN": facts.methods.urban_land, "RURAL": facts.methods.rural_land}
    for number, row in enumerate(file.land_prices):
        method, place = methods[row.kind], file.place_of("land_price", number)
        if method is None or PriceLevel(row.level) not in method.order:
            raise OrdinanceIncomplete(
                f"{place}: el nivel {row.level} no está en parameters.valuation."
                f"{row.kind.lower()}_land.order, así que ningún predio tomaría su precio."
            )
        if row.level == "AXIS" and ((row.kind, row.code) not in lines or not method.axis_reach_m):
            raise AxesWithoutLine(
                f"{place}: el eje {row.code} necesita su línea (--axes, o la capa «ejes» del GeoPackage) y "
                f"«axis_reach_m», hasta cuántos metros alcanza."
            )


def _check_rates(file: OrdinanceFile, facts: OrdinanceFacts) -> None:
    """Tax nobody with each table: the rule itself refuses rates outside the national limits."""
    law = national_law(facts.year)
    for member, tax in (("urban_rates", property_tax_urban), ("rural_rates", property_tax_rural)):
        try:
            tax(holdings=(), ordinance=facts, law=law)
        except RateOutsideLaw as refusal:
            place = file.place_of("parameters", member)
            raise RateOutsideLaw(
                f"{place}: {refusal.message}", details=refusal.details
            ) from refusal


def _content_hash(
    file: OrdinanceFile,
    drawn: list[ValueZone],
    lines: Mapping[tuple[str, str], BaseGeometry],
) -> str:
    return content_hash(
        number=file.number,
        title=file.title,
        gazette=file.gazette,
        valid_from=file.valid_from,
        parameters=file.parameters,
        costs=[
            (row.structure, row.cost_per_m2, row.useful_life_years, row.residual_pct)
            for row in file.building_costs
        ],
        zones=[(zone.code, zone.kind, zone.value, zone.geom_hash) for zone in drawn],
        prices=[
            (
                row.kind,
                row.level,
                row.code,
                row.value,
                row.typical,
                row.reason,
                lines.get((row.kind, row.code)) if row.level == "AXIS" else None,
            )
            for row in file.land_prices
        ],
    )

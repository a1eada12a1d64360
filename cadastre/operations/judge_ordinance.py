"""An ordinance judged before it is written: complete, lawful in every tax year's terms, one value per code."""

from dataclasses import dataclass
from datetime import date

from cadastre.imports.ordinance_file import OrdinanceFile
from cadastre.imports.raw_layer import RawLayer
from cadastre.imports.value_zones import ValueZone, ZoneColumns, value_zones
from cadastre.operations.import_act import SourceFile
from cadastre.operations.import_parcels import source_srid
from cadastre.queries.ordinance_content import content_hash
from cadastre.taxation.accumulation import RateOutsideLaw
from cadastre.taxation.national_law import national_law
from cadastre.taxation.property_tax_rural import property_tax_rural
from cadastre.taxation.property_tax_urban import property_tax_urban
from cadastre.valuation.facts import UnitKind
from cadastre.valuation.ordinance import BuildingCost as CostFacts
from cadastre.valuation.ordinance import LandValue, OrdinanceFacts, ordinance_facts
from gis_project.core.crs import import_transformer
from gis_project.core.errors import InvalidInput
from gis_project.territory.models import Municipality

TEMPLATE_NUMBER = "PLANTILLA"


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
class JudgedOrdinance:
    """The file with its zones, as facts of the first tax year that it rules; the hash of it all."""

    file: OrdinanceFile
    zones: tuple[ValueZone, ...]
    facts: OrdinanceFacts
    content_hash: str

    @property
    def is_template(self) -> bool:
        """Whether it still has the number of the template."""
        return self.file.number.upper().startswith(TEMPLATE_NUMBER)


def judged_ordinance(
    file: OrdinanceFile, zones: ZonesAsked | None, *, municipality: Municipality
) -> JudgedOrdinance:
    """The ordinance, fit to rule. Raises InvalidOrdinance, InvalidZones, OrdinanceIncomplete,
    RateOutsideLaw, and what the CRS of the zones is refused with.
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
    return JudgedOrdinance(
        file=file, zones=tuple(drawn), facts=facts, content_hash=_content_hash(file, drawn)
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
        parameters=file.parameters,
        land_values={zone.code: LandValue(UnitKind(zone.kind), zone.value) for zone in drawn},
        building_costs={
            row.structure: CostFacts(row.cost_per_m2, row.useful_life_years, row.residual_pct)
            for row in file.building_costs
        },
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


def _content_hash(file: OrdinanceFile, drawn: list[ValueZone]) -> str:
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
    )

"""The ordinance that rules a tax year, as the frozen facts that valuation and tax work on."""

from datetime import date

from cadastre.models import BuildingCost, LandPrice, LandValueZone
from cadastre.valuation.facts import UnitKind
from cadastre.valuation.ordinance import BuildingCost as CostFacts
from cadastre.valuation.ordinance import LandValue, OrdinanceFacts, ordinance_facts
from cadastre.valuation.plan_prices import PlanPrice, with_prices
from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality, Ordinance


class NoOrdinance(NotFound):
    """No approved ordinance is in force on 1 January of the year: load and approve one first."""

    code = "no_ordinance"


def ordinance_in_force(*, municipality: Municipality, year: int) -> Ordinance:
    """The approved property tax ordinance valid on 1 January of ``year``; NoOrdinance otherwise."""
    found = Ordinance.objects.filter(
        municipality=municipality,
        subject="PROPERTY_TAX",
        state=Ordinance.State.APPROVED,
        valid__contains=date(year, 1, 1),
    ).first()
    if found is None:
        raise NoOrdinance(
            f"{municipality.name} no tiene una ordenanza aprobada y vigente el 1 de enero de {year}."
        )
    return found


def facts_of(ordinance: Ordinance, *, year: int) -> OrdinanceFacts:
    """The ordinance with its land values and unit costs, as known now; InvalidOrdinance names what is wrong."""
    zones = (
        LandValueZone.objects.known()
        .filter(ordinance=ordinance)
        .order_by("code", "id")
        .defer("geom")
    )
    prices = LandPrice.objects.filter(ordinance=ordinance).order_by("pk").defer("geom")
    costs = BuildingCost.objects.filter(ordinance=ordinance).order_by("structure")
    return ordinance_facts(
        municipality=ordinance.municipality.slug,
        year=year,
        number=ordinance.number,
        parameters=with_prices(
            ordinance.parameters,
            (PlanPrice(row.kind, row.level, row.code, row.value, row.typical) for row in prices),
        ),
        land_values={zone.code: LandValue(UnitKind(zone.kind), zone.value) for zone in zones},
        building_costs={
            cost.structure: CostFacts(cost.cost_per_m2, cost.useful_life_years, cost.residual_pct)
            for cost in costs
        },
    )

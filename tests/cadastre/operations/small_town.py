"""A town small enough to work its bills out on paper.

    zone Z1, 100 USD/m²:  ┌──────┬──────┬───────┬───┐         ┌───┐
                          │ Rosa │ Rosa │ Tomás │ – │         │   │ Inés, outside every zone
                          └──────┴──────┴───────┴───┘         └───┘
Lots of 20 m × 20 m; Tomás has a house; the fourth has no holder.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from cadastre.models import BuildingCost, BuildingVersion, LandValueZone
from gis_project.territory.models import Municipality, Ordinance
from tests import register
from tests.shapes import rectangle

PARAMETERS = {
    "taxed_area": "LEGAL",
    "area_tolerance_pct": None,
    "use_migrated_values": True,
    "urban_rates": {
        "mode": "MARGINAL",
        "article": "5",
        "bands": [
            {"from": "0", "rate_per_mille": "1"},
            {"from": "50000", "rate_per_mille": "2"},
        ],
    },
    "rural_rates": {
        "mode": "FLAT",
        "article": "6",
        "bands": [{"from": "0", "rate_per_mille": "0.9"}],
    },
    "emission_fee": {"amount": "2.00", "article": "9"},
    "sbu_year": "PREVIOUS",
    "rural_follows_art_512": True,
    "land_value_article": "3",
    "building_value_article": "4",
}


def build_town() -> Municipality:
    """Five predios, three holders, an ordinance, one zone and one house."""
    town = register.town()
    act = register.operation(town)
    since = {
        "municipality": town,
        "valid": register.EVER_SINCE,
        "recorded": DateTimeTZRange(act.recorded_at, None),
        "opened_by": act,
    }
    ordinance = Ordinance.objects.create(
        municipality=town,
        number="001-2023",
        title="Ordenanza de prueba",
        valid=DateRange(date(2024, 1, 1), None),
        state="APPROVED",
        parameters=PARAMETERS,
    )
    BuildingCost.objects.create(
        ordinance=ordinance, structure="CONCRETE", cost_per_m2=300, useful_life_years=50
    )
    LandValueZone.objects.create(
        ordinance=ordinance,
        kind="URBAN",
        code="Z1",
        value=100,
        geom=register.geos(rectangle(0, 0, 80, 20)),
        **since,
    )
    shapes = [rectangle(20 * n, 0, 20, 20) for n in range(4)] + [rectangle(200, 0, 20, 20)]
    units = [
        register.predio(act, shape, f"17035001020300{n:02}00000000", number=str(n))
        for n, shape in enumerate(shapes, start=1)
    ]
    rosa = register.holder(act, units[0], "Rosa Quishpe", "1710034065", share=Fraction(1))
    register.Right.objects.create(
        unit=units[1],
        party=rosa.party,
        kind="OWNERSHIP",
        share_numerator=1,
        share_denominator=1,
        **since,
    )
    register.holder(act, units[2], "=cmd|Tomás", "1710034073", share=Fraction(1))
    register.holder(act, units[4], "Inés Caiza", "", share=None)
    BuildingVersion.objects.create(
        parcel_id=units[2].parcel_id,
        floor_area_m2=Decimal(100),
        structure="CONCRETE",
        built_in=2000,
        **since,
    )
    return town

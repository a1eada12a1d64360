"""A block of a town for the pages: ten lots, one bill, one observed predio, officials of two municipalities."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from shapely import LineString, Polygon, box

from cadastre.keys.plain_text import plain
from cadastre.models import (
    BuildingCost,
    BuildingVersion,
    LandValueZone,
    PartyIdentity,
    PropertyUnit,
    UrbanLimit,
)
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.operations.merge_parcels import merge_parcels
from cadastre.operations.sample_papers import ensure_sample_paper_rules
from cadastre.operations.split_parcel import ByLines, split_parcel
from cadastre.valuation.facts import UnitKind
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, Ordinance
from gis_project.territory.operations.create_user import create_user
from gis_project.territory.operations.grant_role import grant_role
from gis_project.territory.policy import CONSOLE
from tests import filings, register
from tests.people import BRUNO, INES, JULIO, PASSWORD, ROSA, TOMAS, cedula

EAST, NORTH = 770_800.0, 9_943_500.0
TOWN = "mejia"
KEY = "170350010200300100000000"
NUMBER = "20401"
CONCAVE_KEY = "170350010200300200000000"
HISTORY_KEY = "170350010200900100000000"
BEYOND_KEY = "170350010200900200000000"
WEST_KEY, EAST_KEY = "170350010200900300000000", "170350010200900400000000"
WHOLE_KEY = "170350010200900500000000"
PARAMETERS = {
    "taxed_area": "LEGAL",
    "area_tolerance_pct": None,
    "use_migrated_values": False,
    "urban_rates": {
        "mode": "FLAT",
        "article": "5",
        "bands": [{"from": "0", "rate_per_mille": "1.2"}],
    },
    "rural_rates": {
        "mode": "FLAT",
        "article": "6",
        "bands": [{"from": "0", "rate_per_mille": "0.9"}],
    },
    "emission_fee": {"amount": "2.00", "article": "9"},
    "sbu_year": "PREVIOUS",
    "rural_follows_art_512": False,
    "land_value_article": "3",
    "building_value_article": "4",
}
ADDRESSES = "Av. Amazonas N3-{} y Cristóbal Colón"


def build() -> None:
    """Everything the pages show, dated so that the running year's bill exists on any day."""
    mejia = Municipality.objects.get(slug=TOWN)
    ensure_sample_paper_rules(mejia)
    today = today_in(mejia)
    parish = register.parish(mejia)
    act = register.operation(mejia)
    ordinance = _ordinance(mejia)
    _ground(act, ordinance)
    units = [_lot(act, parish, place) for place in range(10)]
    register.add_key(act, units[0], "0102003001", is_principal=False)
    register.holder(act, units[0], TOMAS.full_name, TOMAS.cedula, share=Fraction(1, 2))
    register.holder(act, units[0], INES.full_name, INES.cedula, share=Fraction(1, 2))
    register.holder(act, units[1], JULIO.full_name, JULIO.cedula, share=Fraction(1))
    for identity in PartyIdentity.objects.filter(municipality=mejia):
        identity.search_name = plain(identity.full_name)
        identity.save()
    _house(act, units[0])
    register.settle()
    emit_tax_roll(municipality=mejia, year=today.year, kind=UnitKind.URBAN, by=CONSOLE)
    _acts(mejia, act, parish)
    _officials(mejia, today)


def _acts(mejia: Municipality, act, parish) -> None:
    """North of the block: a predio is divided, its eastern half united with the next, and a boundary moves.

    ┌────┬────┐ ┌──────┐     ┌────┬───────────┐
    │ W  ┊ E  │ │ next │  →  │ W  │  E + next │
    └────┴────┘ └──────┘     └────┴───────────┘
    """
    west, south = EAST, NORTH + 60
    lot = _historic(act, parish, box(west, south, west + 24, south + 30), HISTORY_KEY)
    beyond = _historic(act, parish, box(west + 24, south, west + 44, south + 30), BEYOND_KEY)
    right = register.holder(act, lot, "Marta Tipán Chango", cedula(1_234_050), share=Fraction(1))
    register.holder(act, beyond, "", share=Fraction(1), party=right.party)
    register.settle()
    split = split_parcel(
        unit=lot,
        cut=ByLines((LineString([(west + 14, south - 5), (west + 14, south + 35)]),)),
        filing=filings.complete(mejia, "split_parcel", on=date(2021, 5, 4)),
        keys=[WEST_KEY, EAST_KEY],
    )
    east = next(state.unit_id for state in split.after if state.key == EAST_KEY)
    merge_parcels(
        units=[PropertyUnit.objects.get(pk=east), beyond],
        filing=filings.complete(mejia, "merge_parcels", on=date(2023, 6, 7)),
        key=WHOLE_KEY,
    )


def _historic(act, parish, shape: Polygon, key: str) -> PropertyUnit:
    return register.predio(act, shape, key, parish=parish, block_code="009", land_use="RESIDENTIAL")


def _lot(act, parish, place: int) -> PropertyUnit:
    west = EAST + 24 * place
    shape = box(west, NORTH, west + 24, NORTH + 30)
    if place == 1:  # an L, so that the sketch and its numbers show more than rectangles
        shape = Polygon(
            [
                (west, NORTH),
                (west + 24, NORTH),
                (west + 24, NORTH + 30),
                (west + 12, NORTH + 30),
                (west + 12, NORTH + 18),
                (west, NORTH + 18),
            ]
        )
    return register.predio(
        act,
        shape,
        f"170350010200300{place + 1:01d}00000000" if place < 9 else "170350010200301000000000",
        number=f"{20401 + place}",
        parish=parish,
        address=ADDRESSES.format(40 + 2 * place),
        block_code="003",
        land_use="RESIDENTIAL",
        titled_area_m2=Decimal("740.00"),
    )


def _house(act, unit: PropertyUnit) -> None:
    BuildingVersion.objects.create(
        municipality=act.municipality,
        parcel=unit.parcel,
        unit=unit,
        geom=register.geos(box(EAST + 4, NORTH + 6, EAST + 16, NORTH + 18)),
        floors=2,
        floor_area_m2=Decimal("180.00"),
        structure="CONCRETE",
        built_in=2014,
        use="HOUSING",
        valid=register.EVER_SINCE,
        recorded=(act.recorded_at, None),
        opened_by=act,
    )


def _ground(act, ordinance: Ordinance) -> None:
    around = register.geos(box(EAST - 200, NORTH - 200, EAST + 500, NORTH + 300))
    versioned = {
        "municipality": act.municipality,
        "geom": around,
        "valid": register.EVER_SINCE,
        "recorded": (act.recorded_at, None),
        "opened_by": act,
    }
    UrbanLimit.objects.create(code="U-1", name="Machachi", **versioned)
    LandValueZone.objects.create(
        code="U-03",
        name="Centro",
        ordinance=ordinance,
        kind="URBAN",
        value=Decimal("35"),
        **versioned,
    )


def _officials(mejia: Municipality, today: date) -> None:
    celica = Municipality.objects.get(slug="celica")
    for person, role, place in (
        (ROSA, "cadastre_technician", mejia),
        (BRUNO, "cadastre_technician", celica),
    ):
        user = create_user(
            full_name=person.full_name,
            cedula=person.cedula,
            municipality=place,
            by=CONSOLE,
            on=today,
            password=PASSWORD,
            must_change_password=False,
        )
        grant_role(user=user, role=role, by=CONSOLE, on=today, municipality=place)


def _ordinance(mejia: Municipality) -> Ordinance:
    ordinance = Ordinance.objects.create(
        municipality=mejia,
        number="004-2025",
        title="Ordenanza de muestra del impuesto predial",
        valid=register.EVER_SINCE,
        state=Ordinance.State.APPROVED,
        is_sample=True,
        parameters=PARAMETERS,
    )
    BuildingCost.objects.create(
        ordinance=ordinance,
        structure="CONCRETE",
        cost_per_m2=Decimal("320"),
        useful_life_years=60,
        residual_pct=Decimal("10"),
    )
    return ordinance

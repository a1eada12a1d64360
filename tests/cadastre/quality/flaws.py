"""For each quality rule one flaw, added to the sound town; it returns the predio (or the thing) that must be named."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from shapely import MultiPolygon, Polygon, box

from cadastre.models import (
    Block,
    BuildingFloor,
    Lineage,
    Neighbourhood,
    Parcel,
    ParcelVersion,
    Party,
    PropertyUnit,
    Restriction,
)
from tests import people, register
from tests.cadastre.quality.sound_town import SoundTown, condominium_unit
from tests.shapes import at, bow_tie, multi, rectangle, square, with_hole

FLAWS: dict[str, Callable[[SoundTown], Any]] = {}


def flaw(function: Callable[[SoundTown], Any]) -> Callable[[SoundTown], Any]:
    FLAWS[function.__name__] = function
    return function


# ------------------------------------------------------------------------------------------- geometry


@flaw
def ground_missing(s):
    unit = PropertyUnit.objects.create(municipality=s.town, number="99", opened_by=s.act)
    register.add_key(s.act, unit, "170350010100109900000000")
    return unit


@flaw
def ground_off_grid(s):
    unit = s.lot(square(0, 500))
    odd = Parcel.objects.create(municipality=s.town)
    shape = MultiPolygon([box(*at(100.0004, 500), *at(120, 520))])
    version = ParcelVersion.objects.get(parcel=unit.parcel)
    version.pk, version.parcel, version.geom_hash = None, odd, "odd"
    version.geom = GEOSGeometry(memoryview(shape.wkb), srid=32717)
    version.save(force_insert=True)
    return odd


@flaw
def ground_short_edge(s):
    """┌──┐ with two corners 4 mm apart."""
    return s.lot(Polygon([at(0, 500), at(20, 500), at(20, 520), at(19.996, 520), at(0, 520)]))


@flaw
def ground_spike(s):
    """┌──┐────── 20 m long, 10 cm at its foot."""
    corners = [(0, 500), (20, 500), (20, 510), (40, 510.05), (20, 510.1), (20, 520), (0, 520)]
    return s.lot(Polygon([at(*corner) for corner in corners]))


@flaw
def ground_narrow(s):
    return s.lot(rectangle(0, 500, 100, 0.2))


@flaw
def ground_tiny_part(s):
    return s.lot(multi(square(0, 500), square(30, 500, 0.5)))


@flaw
def ground_scattered(s):
    return s.lot(multi(square(0, 500), square(200, 500)))


@flaw
def ground_tiny_hole(s):
    return s.lot(with_hole(0, 500, 20, 0.5))


@flaw
def ground_twin(s):
    first, second = s.lot(square(0, 500)), s.lot(square(0, 500))
    return min(first.parcel_id, second.parcel_id)


@flaw
def ground_outside_town(s):
    return s.lot(square(2990, -400))


@flaw
def road_crosses_itself(s):
    return s.road((0, 300), (50, 300), (50, 350), (20, 350), (20, 250))


@flaw
def support_map_invalid(s):
    raw = GEOSGeometry(memoryview(multi(bow_tie(0, 500)).wkb), srid=32717)
    return Neighbourhood.objects.create(name="El Lazo", geom=raw, **s.since)


# ------------------------------------------------------------------------------------------- topology


@flaw
def parcel_overlaps_parcel(s):
    """Half a metre of the neighbour's lot."""
    first, second = s.lot(square(0, 500)), s.lot(square(19.5, 500))
    return min(first.parcel_id, second.parcel_id)


@flaw
def parcels_nearly_touch(s):
    """Ten centimetres between them."""
    first, second = s.lot(square(0, 500)), s.lot(square(20.1, 500))
    return min(first.parcel_id, second.parcel_id)


@flaw
def unshared_vertex(s):
    """
    ┌────┬──┐
    │  1 ├──┤  the middle corner of 2 and 3 lies on 1's side, which has no vertex there.
    └────┴──┘
    """
    first = s.lot(square(0, 500))
    s.lot(rectangle(20, 500, 20, 20))
    s.lot(Polygon([at(-20, 500), at(0, 500), at(0, 510), at(0, 520), at(-20, 520)]))
    return first


@flaw
def gap_in_block(s):
    """A block of 60 m with two lots of 20 m: the middle is bare."""
    Block.objects.create(code="M2", geom=register.geos(rectangle(0, 500, 60, 20)), **s.since)
    s.lot(square(0, 500), block_code="M2")
    s.lot(square(40, 500), block_code="M2")
    return Block.objects.get(code="M2").feature_id


@flaw
def gap_between_parcels(s):
    """
    ┌──┬──┐
    │  ├──┤ a yard of 2 m x 10 m in the middle that is nobody's
    └──┴──┘
    """
    a = [(0, 500), (20, 500), (20, 505), (18, 505), (18, 515), (20, 515), (20, 520), (0, 520)]
    b = [(20, 500), (40, 500), (40, 520), (20, 520), (20, 515), (20, 505)]
    first = s.lot(Polygon([at(*c) for c in a]), block_code="M2")
    second = s.lot(Polygon([at(*c) for c in b]), block_code="M2")
    return min(first.parcel_id, second.parcel_id)


@flaw
def island_without_parcel(s):
    return s.lot(with_hole(0, 500, 20, 6))


@flaw
def parcel_outside_block(s):
    Block.objects.create(code="M2", geom=register.geos(square(0, 500)), **s.since)
    return s.lot(rectangle(0, 500, 20, 21), block_code="M2")


@flaw
def parcel_in_other_block(s):
    Block.objects.create(code="M2", geom=register.geos(square(0, 500)), **s.since)
    return s.lot(square(15, 500), block_code="M3")


@flaw
def block_overlaps_block(s):
    pair = [
        Block.objects.create(code=code, geom=register.geos(square(x, 500)), **s.since)
        for code, x in (("M2", 0), ("M3", 19))
    ]
    return min(block.feature_id for block in pair)


@flaw
def parcel_over_road(s):
    unit = s.lot(square(0, 500))
    s.road((-10, 510), (10, 510), name="Callejón")
    return unit


@flaw
def parcel_over_ravine_edge(s):
    unit = s.lot(square(0, -60))
    return unit


@flaw
def building_outside_parcel(s):
    unit = s.lot(square(0, 500))
    s.house(unit, square(-1, 505, 10))
    return unit


@flaw
def building_over_neighbour(s):
    unit, _ = s.lot(square(0, 500)), s.lot(square(20, 500))
    s.house(unit, square(11, 505, 10))
    return unit


@flaw
def building_over_building(s):
    unit = s.lot(square(0, 500))
    first, second = s.house(unit, square(1, 501, 10)), s.house(unit, square(5, 505, 10))
    assert first.building_id != second.building_id
    return unit


@flaw
def building_without_ground(s):
    parcel = Parcel.objects.create(municipality=s.town)
    unit = PropertyUnit.objects.create(municipality=s.town, parcel=parcel, opened_by=s.act)
    s.house(unit, square(0, 500, 10))
    return unit


@flaw
def building_over_ravine_edge(s):
    unit = s.lot(square(0, -60))
    s.house(unit, square(5, -55, 10))
    return unit


@flaw
def building_in_high_risk(s):
    unit = s.lot(square(-85, -85))
    s.house(unit, square(-80, -80, 10))
    return unit


@flaw
def road_undershoot(s):
    """The lane ends half a metre before the street."""
    return s.road((0, -30), (0, -5.5), name="Pasaje")


@flaw
def road_over_road(s):
    again = s.road((0, -5), (50, -5))
    return min(again.feature_id, type(again).objects.exclude(pk=again.pk).get().feature_id)


# ---------------------------------------------------------------------------------------------- areas


@flaw
def area_not_as_measured(s):
    return s.lot(square(0, 500), legal_area_m2=Decimal("399.5"))


@flaw
def area_differs_from_title(s):
    return s.lot(square(0, 500), titled_area_m2=Decimal("350"))


@flaw
def titled_area_missing(s):
    return s.lot(square(0, 500), titled_area_m2=None)


@flaw
def aliquots_not_whole(s):
    matrix = s.lot(square(0, 500), billed=False)
    condominium_unit(s, matrix, 1, Decimal("0.6"))
    return matrix


@flaw
def floors_differ_from_building(s):
    unit = s.lot(square(0, 500))
    house = s.house(unit, square(1, 501, 10))
    BuildingFloor.objects.create(building=house, number=1, floor_area_m2=Decimal("90"))
    return unit


@flaw
def floor_area_over_footprint(s):
    unit = s.lot(square(0, 500))
    s.house(unit, square(1, 501, 10), floor_area_m2=Decimal("180"))
    return unit


@flaw
def ground_cover_exceeded(s):
    unit = s.lot(square(0, 500))
    s.house(unit, square(0.5, 500.5, 19))
    return unit


@flaw
def lot_below_minimum(s):
    parent = Parcel.objects.create(municipality=s.town)
    act = register.operation(s.town, "split_parcel", valid_from=date(2024, 1, 1))
    unit = s.lot(rectangle(0, 500, 9, 20), act=act)
    Lineage.objects.create(parent=parent, child=unit.parcel, operation=act)
    return unit


# ----------------------------------------------------------------------------------------------- keys


@flaw
def key_missing(s):
    unit = PropertyUnit.objects.create(
        municipality=s.town, parcel=s.lots[1].parcel, number="98", opened_by=s.act
    )
    return unit


@flaw
def key_provisional(s):
    return s.lot(square(0, 500), key="P-1703-25")


@flaw
def key_of_other_canton(s):
    return s.lot(square(0, 500), key="110250010100109900000000")


@flaw
def key_of_other_parish(s):
    return s.lot(square(0, 500), key="170351010100109900000000")


@flaw
def key_block_mixed(s):
    return s.lot(square(0, 500), key="170350010100709900000000")


@flaw
def condominium_key_without_unit(s):
    matrix = s.lot(square(0, 500), billed=False)
    return condominium_unit(s, matrix, 1, Decimal(1), key="170350010100109900000000")


@flaw
def number_missing(s):
    return s.lot(square(0, 500), number=None)


# --------------------------------------------------------------------------------------------- rights


@flaw
def holder_missing(s):
    return s.lot(square(0, 500), held=False)


@flaw
def shares_not_whole(s):
    unit = s.lot(square(0, 500), held=False)
    for number in range(3):
        register.holder(s.act, unit, "Heredero", people.cedula(700 + number), share=Fraction(1, 4))
    return unit


@flaw
def holder_twice(s):
    unit = s.lot(square(0, 500), held=False)
    first = register.holder(s.act, unit, "Rosa", people.cedula(700), share=Fraction(1, 2))
    register.holder(s.act, unit, "Rosa", share=Fraction(1, 2), party=first.party)
    return unit


@flaw
def holder_unknown(s):
    unit = s.lot(square(0, 500), held=False)
    nobody = Party.objects.create(municipality=s.town, kind="UNKNOWN")
    register.holder(s.act, unit, "", share=Fraction(1), party=nobody)
    return unit


@flaw
def holder_without_document(s):
    unit = s.lot(square(0, 500), held=False)
    register.holder(s.act, unit, "Tomás", share=Fraction(1))
    return unit


@flaw
def holder_document_doubtful(s):
    unit = s.lot(square(0, 500), held=False)
    right = register.holder(s.act, unit, "Tomás", "1712345678", share=Fraction(1))
    right.party.identity.identity_warnings = ["cedula_check_digit"]
    right.party.identity.save()
    return unit


@flaw
def ownership_with_possession(s):
    unit = s.lot(square(0, 500))
    register.holder(s.act, unit, "Otra", people.cedula(700), share=None, kind="POSSESSION")
    return unit


@flaw
def usufruct_without_owner(s):
    unit = s.lot(square(0, 500), held=False)
    register.holder(s.act, unit, "Otra", people.cedula(700), share=None, kind="USUFRUCT")
    return unit


@flaw
def group_without_members(s):
    unit = s.lot(square(0, 500), held=False)
    heirs = Party.objects.create(municipality=s.town, kind="HEIRS")
    register.holder(s.act, unit, "", share=Fraction(1), party=heirs)
    return unit


@flaw
def mortgage_without_creditor(s):
    unit = s.lot(square(0, 500))
    Restriction.objects.create(unit=unit, kind="MORTGAGE", **s.since)
    return unit


@flaw
def retired_with_rights(s):
    unit = s.lot(square(0, 500))
    PropertyUnit.objects.filter(pk=unit.pk).update(state="RETIRED")
    return unit


# ---------------------------------------------------------------------------------------------- ficha


@flaw
def address_missing(s):
    return s.lot(square(0, 500), address="")


@flaw
def land_use_missing(s):
    return s.lot(square(0, 500), land_use="")


@flaw
def block_missing(s):
    return s.lot(square(0, 500), block_code="")


@flaw
def parish_missing(s):
    return s.lot(square(0, 500), parish=None)


@flaw
def ficha_incomplete(s):
    return s.lot(square(0, 500), ficha=False)


@flaw
def building_year_impossible(s):
    unit = s.lot(square(0, 500))
    s.house(unit, square(1, 501, 10), built_in=2030)
    return unit


@flaw
def building_year_missing(s):
    unit = s.lot(square(0, 500))
    s.house(unit, square(1, 501, 10), built_in=None)
    return unit


@flaw
def vacant_lot_built(s):
    unit = s.lot(square(0, 500), land_use="VACANT")
    s.house(unit, square(1, 501, 10))
    return unit


@flaw
def observed_without_reason(s):
    return s.lot(square(0, 500), is_observed=True)


# ----------------------------------------------------------------------------------------------- roll


@flaw
def ground_without_unit(s):
    return register.place_parcel(s.act, square(0, 500), block_code="M1", parish=s.parish).parcel


@flaw
def retired_with_ground(s):
    return retired_with_rights(s)


@flaw
def value_zone_missing(s):
    return s.lot(square(950, 500), kind="URBAN")


@flaw
def structure_without_cost(s):
    unit = s.lot(square(0, 500))
    s.house(unit, square(1, 501, 10), structure="ADOBE")
    return unit


@flaw
def kind_against_urban_limit(s):
    return s.lot(square(1500, 500))


@flaw
def title_missing(s):
    return s.lot(square(0, 500), billed=False)


@flaw
def title_of_other_kind(s):
    unit = s.lot(square(0, 500), billed=False)
    s.bill(unit, "RURAL")
    return unit


@flaw
def matrix_taxed_with_units(s):
    matrix = s.lot(square(0, 500))
    condominium_unit(s, matrix, 1, Decimal(1))
    return matrix

"""Flaws between neighbours, blocks, buildings and roads; each is called as its rule is."""

from shapely import Polygon

from cadastre.models import Block, Parcel, PropertyUnit
from tests import register
from tests.cadastre.quality.sound_town import SoundTown
from tests.shapes import at, rectangle, square, with_hole


def parcel_overlaps_parcel(s: SoundTown):
    """Half a metre of the neighbour's lot."""
    first, second = s.lot(square(0, 500)), s.lot(square(19.5, 500))
    return min(first.parcel_id, second.parcel_id)


def parcels_nearly_touch(s: SoundTown):
    """Ten centimetres between them."""
    first, second = s.lot(square(0, 500)), s.lot(square(20.1, 500))
    return min(first.parcel_id, second.parcel_id)


def unshared_vertex(s: SoundTown):
    """
    ┌────┬──┐
    │  1 ├──┤  the middle corner of 2 and 3 lies on 1's side, which has no vertex there.
    └────┴──┘
    """
    first = s.lot(square(0, 500))
    s.lot(rectangle(20, 500, 20, 20))
    s.lot(Polygon([at(-20, 500), at(0, 500), at(0, 510), at(0, 520), at(-20, 520)]))
    return first


def gap_in_block(s: SoundTown):
    """A block of 60 m with two lots of 20 m: the middle is bare."""
    Block.objects.create(code="M2", geom=register.geos(rectangle(0, 500, 60, 20)), **s.since)
    s.lot(square(0, 500), block_code="M2")
    s.lot(square(40, 500), block_code="M2")
    return Block.objects.get(code="M2").feature_id


def gap_between_parcels(s: SoundTown):
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


def island_without_parcel(s: SoundTown):
    return s.lot(with_hole(0, 500, 20, 6))


def parcel_outside_block(s: SoundTown):
    Block.objects.create(code="M2", geom=register.geos(square(0, 500)), **s.since)
    return s.lot(rectangle(0, 500, 20, 21), block_code="M2")


def parcel_in_other_block(s: SoundTown):
    Block.objects.create(code="M2", geom=register.geos(square(0, 500)), **s.since)
    return s.lot(square(15, 500), block_code="M3")


def block_overlaps_block(s: SoundTown):
    pair = [
        Block.objects.create(code=code, geom=register.geos(square(x, 500)), **s.since)
        for code, x in (("M2", 0), ("M3", 19))
    ]
    return min(block.feature_id for block in pair)


def parcel_over_road(s: SoundTown):
    unit = s.lot(square(0, 500))
    s.road((-10, 510), (10, 510), name="Callejón")
    return unit


def parcel_over_ravine_edge(s: SoundTown):
    unit = s.lot(square(0, -60))
    return unit


def building_outside_parcel(s: SoundTown):
    unit = s.lot(square(0, 500))
    s.house(unit, square(-1, 505, 10))
    return unit


def building_over_neighbour(s: SoundTown):
    unit, _ = s.lot(square(0, 500)), s.lot(square(20, 500))
    s.house(unit, square(11, 505, 10))
    return unit


def building_over_building(s: SoundTown):
    unit = s.lot(square(0, 500))
    first, second = s.house(unit, square(1, 501, 10)), s.house(unit, square(5, 505, 10))
    assert first.building_id != second.building_id
    return unit


def building_without_ground(s: SoundTown):
    parcel = Parcel.objects.create(municipality=s.town)
    unit = PropertyUnit.objects.create(municipality=s.town, parcel=parcel, opened_by=s.act)
    s.house(unit, square(0, 500, 10))
    return unit


def building_over_ravine_edge(s: SoundTown):
    unit = s.lot(square(0, -60))
    s.house(unit, square(5, -55, 10))
    return unit


def building_in_high_risk(s: SoundTown):
    unit = s.lot(square(-85, -85))
    s.house(unit, square(-80, -80, 10))
    return unit


def road_undershoot(s: SoundTown):
    """The lane ends half a metre before the street."""
    return s.road((0, -30), (0, -5.5), name="Pasaje")


def road_over_road(s: SoundTown):
    again = s.road((0, -5), (50, -5))
    return min(again.feature_id, type(again).objects.exclude(pk=again.pk).get().feature_id)

"""Flaws in the shape of one ground, line or map; each is called as its rule is."""

from django.contrib.gis.geos import GEOSGeometry
from shapely import Polygon

from cadastre.models import Neighbourhood, PropertyUnit
from tests import register
from tests.cadastre.quality.sound_town import SoundTown, drawn_off_grid
from tests.shapes import at, bow_tie, multi, rectangle, square, with_hole


def ground_missing(s: SoundTown):
    unit = PropertyUnit.objects.create(municipality=s.town, number="99", opened_by=s.act)
    register.add_key(s.act, unit, "170350010100109900000000")
    return unit


def ground_off_grid(s: SoundTown):
    return drawn_off_grid(s)


def ground_short_edge(s: SoundTown):
    """┌──┐ with two corners 4 mm apart."""
    return s.lot(Polygon([at(0, 500), at(20, 500), at(20, 520), at(19.996, 520), at(0, 520)]))


def ground_spike(s: SoundTown):
    """┌──┐────── 20 m long, 10 cm at its foot."""
    corners = [(0, 500), (20, 500), (20, 510), (40, 510.05), (20, 510.1), (20, 520), (0, 520)]
    return s.lot(Polygon([at(*corner) for corner in corners]))


def ground_narrow(s: SoundTown):
    return s.lot(rectangle(0, 500, 100, 0.2))


def ground_tiny_part(s: SoundTown):
    return s.lot(multi(square(0, 500), square(30, 500, 0.5)))


def ground_scattered(s: SoundTown):
    return s.lot(multi(square(0, 500), square(200, 500)))


def ground_tiny_hole(s: SoundTown):
    return s.lot(with_hole(0, 500, 20, 0.5))


def ground_twin(s: SoundTown):
    first, second = s.lot(square(0, 500)), s.lot(square(0, 500))
    return min(first.parcel_id, second.parcel_id)


def ground_outside_town(s: SoundTown):
    return s.lot(square(2990, -400))


def road_crosses_itself(s: SoundTown):
    return s.road((0, 300), (50, 300), (50, 350), (20, 350), (20, 250))


def support_map_invalid(s: SoundTown):
    raw = GEOSGeometry(memoryview(multi(bow_tie(0, 500)).wkb), srid=32717)
    return Neighbourhood.objects.create(name="El Lazo", geom=raw, **s.since)

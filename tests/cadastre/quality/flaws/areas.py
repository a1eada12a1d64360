"""Flaws in areas, aliquots and floors; each is called as its rule is."""

from decimal import Decimal

from cadastre.models import BuildingFloor
from tests.cadastre.quality.sound_town import SoundTown, condominium_unit, lot_cut_off
from tests.shapes import rectangle, square


def area_not_as_measured(s: SoundTown):
    return s.lot(square(0, 500), legal_area_m2=Decimal("399.5"))


def area_differs_from_title(s: SoundTown):
    return s.lot(square(0, 500), titled_area_m2=Decimal("350"))


def titled_area_missing(s: SoundTown):
    return s.lot(square(0, 500), titled_area_m2=None)


def aliquots_not_whole(s: SoundTown):
    matrix = s.lot(square(0, 500), billed=False)
    condominium_unit(s, matrix, 1, Decimal("0.6"))
    return matrix


def floors_differ_from_building(s: SoundTown):
    unit = s.lot(square(0, 500))
    house = s.house(unit, square(1, 501, 10))
    BuildingFloor.objects.create(building=house, number=1, floor_area_m2=Decimal("90"))
    return unit


def floor_area_over_footprint(s: SoundTown):
    unit = s.lot(square(0, 500))
    s.house(unit, square(1, 501, 10), floor_area_m2=Decimal("180"))
    return unit


def ground_cover_exceeded(s: SoundTown):
    unit = s.lot(square(0, 500))
    s.house(unit, square(0.5, 500.5, 19))
    return unit


def lot_below_minimum(s: SoundTown):
    return lot_cut_off(s, rectangle(0, 500, 9, 20))


def lot_front_below_minimum(s: SoundTown):
    """A lot of 7 m between two others, along the only road there is."""
    s.road((-10, 494), (70, 494))
    s.lot(rectangle(0, 500, 20, 20))
    s.lot(rectangle(27, 500, 20, 20))
    return lot_cut_off(s, rectangle(20, 500, 7, 40))


def lot_without_access(s: SoundTown):
    """A lot behind another one, whose front it has not."""
    s.road((-10, 494), (70, 494))
    s.lot(rectangle(0, 500, 20, 20))
    return lot_cut_off(s, rectangle(0, 520, 20, 20))

"""Flaws in areas, aliquots and floors; each is called as its rule is."""

from datetime import date
from decimal import Decimal

from cadastre.models import BuildingFloor, Lineage, Parcel
from tests import register
from tests.cadastre.quality.sound_town import SoundTown, condominium_unit
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
    parent = Parcel.objects.create(municipality=s.town)
    act = register.operation(s.town, "split_parcel", valid_from=date(2024, 1, 1))
    unit = s.lot(rectangle(0, 500, 9, 20), act=act)
    Lineage.objects.create(parent=parent, child=unit.parcel, operation=act)
    return unit

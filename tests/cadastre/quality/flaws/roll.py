"""Flaws between the tax roll, its ordinance and the map; each is called as its rule is."""

from decimal import Decimal

from cadastre.models import PropertyUnit
from tests import register
from tests.cadastre.quality.sound_town import SoundTown, condominium_unit
from tests.shapes import square


def ground_without_unit(s: SoundTown):
    return register.place_parcel(s.act, square(0, 500), block_code="M1", parish=s.parish).parcel


def retired_with_ground(s: SoundTown):
    unit = s.lot(square(0, 500))
    PropertyUnit.objects.filter(pk=unit.pk).update(state="RETIRED")
    return unit


def value_zone_missing(s: SoundTown):
    return s.lot(square(950, 500), kind="URBAN")


def structure_without_cost(s: SoundTown):
    unit = s.lot(square(0, 500))
    s.house(unit, square(1, 501, 10), structure="ADOBE")
    return unit


def kind_against_urban_limit(s: SoundTown):
    return s.lot(square(1500, 500))


def title_missing(s: SoundTown):
    return s.lot(square(0, 500), billed=False)


def title_of_other_kind(s: SoundTown):
    unit = s.lot(square(0, 500), billed=False)
    s.bill(unit, "RURAL")
    return unit


def matrix_taxed_with_units(s: SoundTown):
    matrix = s.lot(square(0, 500))
    condominium_unit(s, matrix, 1, Decimal(1))
    return matrix

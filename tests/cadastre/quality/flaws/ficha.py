"""Flaws in what the ficha says; each is called as its rule is."""

from tests.cadastre.quality.sound_town import SoundTown
from tests.shapes import square


def address_missing(s: SoundTown):
    return s.lot(square(0, 500), address="")


def land_use_missing(s: SoundTown):
    return s.lot(square(0, 500), land_use="")


def block_missing(s: SoundTown):
    return s.lot(square(0, 500), block_code="")


def parish_missing(s: SoundTown):
    return s.lot(square(0, 500), parish=None)


def ficha_incomplete(s: SoundTown):
    return s.lot(square(0, 500), ficha=False)


def building_year_impossible(s: SoundTown):
    unit = s.lot(square(0, 500))
    s.house(unit, square(1, 501, 10), built_in=2030)
    return unit


def building_year_missing(s: SoundTown):
    unit = s.lot(square(0, 500))
    s.house(unit, square(1, 501, 10), built_in=None)
    return unit


def vacant_lot_built(s: SoundTown):
    unit = s.lot(square(0, 500), land_use="VACANT")
    s.house(unit, square(1, 501, 10))
    return unit


def observed_without_reason(s: SoundTown):
    return s.lot(square(0, 500), is_observed=True)

"""Flaws in keys and numbers; each is called as its rule is."""

from decimal import Decimal

from cadastre.models import PropertyUnit
from tests.cadastre.quality.sound_town import SoundTown, condominium_unit
from tests.shapes import square


def key_missing(s: SoundTown):
    unit = PropertyUnit.objects.create(
        municipality=s.town, parcel=s.lots[1].parcel, number="98", opened_by=s.act
    )
    return unit


def key_provisional(s: SoundTown):
    return s.lot(square(0, 500), key="P-1703-25")


def key_of_other_canton(s: SoundTown):
    return s.lot(square(0, 500), key="110250010100109900000000")


def key_of_other_parish(s: SoundTown):
    return s.lot(square(0, 500), key="170351010100109900000000")


def key_block_mixed(s: SoundTown):
    return s.lot(square(0, 500), key="170350010100709900000000")


def condominium_key_without_unit(s: SoundTown):
    matrix = s.lot(square(0, 500), billed=False)
    return condominium_unit(s, matrix, 1, Decimal(1), key="170350010100109900000000")


def number_missing(s: SoundTown):
    return s.lot(square(0, 500), number=None)

"""Flaws in who holds what; each is called as its rule is."""

from fractions import Fraction

from cadastre.models import Party, PropertyUnit, Restriction
from tests import people, register
from tests.cadastre.quality.sound_town import SoundTown
from tests.shapes import square


def holder_missing(s: SoundTown):
    return s.lot(square(0, 500), held=False)


def shares_not_whole(s: SoundTown):
    unit = s.lot(square(0, 500), held=False)
    for number in range(3):
        register.holder(s.act, unit, "Heredero", people.cedula(700 + number), share=Fraction(1, 4))
    return unit


def holder_twice(s: SoundTown):
    unit = s.lot(square(0, 500), held=False)
    first = register.holder(s.act, unit, "Rosa", people.cedula(700), share=Fraction(1, 2))
    register.holder(s.act, unit, "Rosa", share=Fraction(1, 2), party=first.party)
    return unit


def holder_unknown(s: SoundTown):
    unit = s.lot(square(0, 500), held=False)
    nobody = Party.objects.create(municipality=s.town, kind="UNKNOWN")
    register.holder(s.act, unit, "", share=Fraction(1), party=nobody)
    return unit


def holder_without_document(s: SoundTown):
    unit = s.lot(square(0, 500), held=False)
    register.holder(s.act, unit, "Tomás", share=Fraction(1))
    return unit


def holder_document_doubtful(s: SoundTown):
    unit = s.lot(square(0, 500), held=False)
    right = register.holder(s.act, unit, "Tomás", "1712345678", share=Fraction(1))
    right.party.identity.identity_warnings = ["cedula_check_digit"]
    right.party.identity.save()
    return unit


def ownership_with_possession(s: SoundTown):
    unit = s.lot(square(0, 500))
    register.holder(s.act, unit, "Otra", people.cedula(700), share=None, kind="POSSESSION")
    return unit


def usufruct_without_owner(s: SoundTown):
    unit = s.lot(square(0, 500), held=False)
    register.holder(s.act, unit, "Otra", people.cedula(700), share=None, kind="USUFRUCT")
    return unit


def group_without_members(s: SoundTown):
    unit = s.lot(square(0, 500), held=False)
    heirs = Party.objects.create(municipality=s.town, kind="HEIRS")
    register.holder(s.act, unit, "", share=Fraction(1), party=heirs)
    return unit


def mortgage_without_creditor(s: SoundTown):
    unit = s.lot(square(0, 500))
    Restriction.objects.create(unit=unit, kind="MORTGAGE", **s.since)
    return unit


def retired_with_rights(s: SoundTown):
    unit = s.lot(square(0, 500))
    PropertyUnit.objects.filter(pk=unit.pk).update(state="RETIRED")
    return unit

"""Cambio de clave catastral: another principal key from a day on; the old one goes on finding the predio.

It also gives a predio that came without it the number that people know from their receipts.
"""

from collections.abc import Sequence

from cadastre.keys.any_key import ClassifiedKey, KeyKind, classify
from cadastre.models import KeyAlias, ParcelVersion, PropertyUnit
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.given_keys import KeyUnfit, check_never_borne
from cadastre.operations.deed.keys import alias, principal_key
from cadastre.operations.deed.mend import settle_states
from cadastre.operations.deed.numbers import highest_number, number_units
from cadastre.operations.deed.observations import answered, resolve
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.rows import end_rows, open_rows, replace_rows, successor
from gis_project.core.errors import Conflict

VERB = "change_key"
NEXT = "NEXT"
LARGEST_LEAP = 100_000
_UNFIT = {
    KeyKind.EMPTY: "Escriba la clave nueva.",
    KeyKind.DAMAGED: "La clave perdió cifras en una hoja de cálculo: escríbala entera.",
    KeyKind.UNIT_NUMBER: "Eso es un número de predio, no una clave: escriba la clave entera.",
}


class NumberStays(Conflict):
    """The predio has its número de predio already: it is on its receipts, and stays."""

    code = "number_stays"


def change_key(*, unit: PropertyUnit, filing: Filing, key: str = "", number: str = "") -> Outcome:
    """The outcome: ``key`` principal from the act's day on, the former one an alias of the predio from then on.

    A key that the predio bore before may come back. ``number``, for a predio that has none: its número de predio, or
    NEXT for the next of the municipality. Raises what ``performing`` does, KeyUnfit, KeyTaken, NumberTaken,
    NumberStays.
    """
    if not key and not number:
        raise KeyUnfit("Escriba la clave nueva, o el número que se asigna.")
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as work:
        (predio,) = work.units
        if key:
            _change(work, predio, key)
        if number:
            _give_number(predio, number)
        told = [name for name, value in (("key", key), ("number", number)) if value]
        _mend(work, predio, told)
    return work.done


def _change(work: Work, predio: PropertyUnit, key: str) -> None:
    known = classify(key)
    _check_fit(predio, known)
    former = principal_key(predio)
    if former is not None and former.normalised == known.normalised:
        raise KeyUnfit("El predio tiene ya esa clave.")
    check_never_borne(work.deed, [known.normalised], of=[predio])
    returning = in_force(KeyAlias, unit=predio, normalised=known.normalised, is_principal=False)
    end_rows(work.deed, [*returning, *([former] if former else [])])
    if former is not None:
        open_rows([successor(work.deed, former, is_principal=False)])
    open_rows([alias(work.deed, key, unit=predio)])
    work.notes += [*known.warnings, *_notes(work, predio, known)]


def _give_number(predio: PropertyUnit, number: str) -> None:
    if predio.number:
        raise NumberStays(
            f"El predio tiene ya el número {predio.number}, que consta en sus títulos: no se cambia."
        )
    if number == NEXT:
        number_units(predio.municipality, [predio])
    else:
        _write_number(predio, number)


def _write_number(predio: PropertyUnit, number: str) -> None:
    """A number that a person wrote: a slip of the keyboard must not move the count of the whole town."""
    highest = highest_number(predio.municipality)
    if int(number) > highest + LARGEST_LEAP:
        raise KeyUnfit(
            f"El número {number} está muy por encima del mayor del municipio ({highest}): revíselo, o pida el "
            "que sigue."
        )
    PropertyUnit.objects.filter(pk=predio.pk).update(number=number)


def _mend(work: Work, predio: PropertyUnit, told: Sequence[str]) -> None:
    """Observations that the key or number was missing or damaged end with it, and so may the predio's state."""
    mended = answered(work.deed, predio, told)
    if not mended:
        return
    parcels = [predio.parcel_id] if predio.parcel_id is not None else []
    if resolve(work.deed, predio, mended):
        observed = in_force(ParcelVersion, parcel_id__in=parcels, is_observed=True)
        replace_rows(work.deed, [(version, {"is_observed": False}) for version in observed])
    settle_states(parcels)


def _check_fit(predio: PropertyUnit, known: ClassifiedKey) -> None:
    if known.kind in _UNFIT:
        raise KeyUnfit(_UNFIT[known.kind])
    is_apartment = predio.kind == PropertyUnit.Kind.CONDOMINIUM
    if known.national is not None and known.national.is_condominium != is_apartment:
        raise KeyUnfit(
            "La clave de una unidad de propiedad horizontal lleva torre, piso y unidad; la de un lote "
            "termina en ceros."
        )


def _notes(work: Work, predio: PropertyUnit, known: ClassifiedKey) -> list[str]:
    notes = []
    town = work.deed.municipality
    if known.national is not None and known.national.canton_code != town.dpa_code:
        notes.append(
            f"La clave es de otro cantón: las de {town.name} empiezan por {town.dpa_code}."
        )
    if not predio.is_taxable:
        notes.append(
            "Las unidades de la propiedad horizontal conservan sus claves: cámbielas también."
        )
    return notes

"""Cambio de clave catastral: another principal key from a day on; the old one goes on finding the predio."""

from cadastre.keys.any_key import ClassifiedKey, KeyKind, classify
from cadastre.models import KeyAlias, ParcelVersion, PropertyUnit
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.given_keys import KeyUnfit, check_never_borne
from cadastre.operations.deed.keys import alias, principal_key
from cadastre.operations.deed.mend import settle_states
from cadastre.operations.deed.observations import answered, resolve
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.rows import end_rows, open_rows, replace_rows, successor

VERB = "change_key"
_UNFIT = {
    KeyKind.EMPTY: "Escriba la clave nueva.",
    KeyKind.DAMAGED: "La clave perdió cifras en una hoja de cálculo: escríbala entera.",
    KeyKind.UNIT_NUMBER: "Eso es un número de predio, no una clave: escriba la clave entera.",
}


def change_key(*, unit: PropertyUnit, key: str, filing: Filing) -> Outcome:
    """The outcome: ``key`` principal from the act's day on, the former one an alias of the predio from then on.

    A key that the predio bore before may come back. Raises what ``performing`` does, KeyUnfit, KeyTaken.
    """
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as work:
        (predio,) = work.units
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
        _mend(work, predio)
        work.notes += [*known.warnings, *_notes(work, predio, known)]
    return work.done


def _mend(work: Work, predio: PropertyUnit) -> None:
    """Observations that the key was missing or damaged end with the new one, and so may the predio's state."""
    mended = answered(work.deed, predio, ["key"])
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

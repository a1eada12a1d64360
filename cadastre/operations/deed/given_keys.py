"""Keys that a person gives to new predios: national ones, of the place, that no predio bears or ever bore."""

from collections.abc import Iterable, Sequence

from cadastre.keys.any_key import classify
from cadastre.models import KeyAlias, PropertyUnit
from cadastre.operations.deed.filing import Deed
from cadastre.operations.deed.perform import KeyTaken
from gis_project.core.errors import InvalidInput
from gis_project.territory.models import Parish


class KeyUnfit(InvalidInput):
    """The predio cannot bear that key: write a whole one, of its place, of a lot for a lot and of a unit for a unit."""

    code = "key_unfit"


def fit_keys(
    deed: Deed, given: Sequence[str], *, parish_id: int | None, of: Iterable[PropertyUnit] = ()
) -> list[str]:
    """The keys as they are stored; KeyUnfit, KeyTaken.

    ``parish_id``: where the ground lies, None when nobody knows. ``of``: predios that end by the act, whose keys
    may go on.
    """
    parish = None if parish_id is None else Parish.objects.get(pk=parish_id).dpa_code
    keys = [_fit(deed, text, parish) for text in given]
    if len(set(keys)) < len(keys):
        raise KeyUnfit("Dos lotes tendrían la misma clave: dé una a cada uno.")
    check_never_borne(deed, keys, of=of)
    return keys


def check_never_borne(deed: Deed, keys: Sequence[str], *, of: Iterable[PropertyUnit] = ()) -> None:
    """KeyTaken when a predio but those ``of`` bears one of the keys (normalised) or ever bore it."""
    borne = (
        KeyAlias.objects.filter(municipality=deed.municipality, normalised__in=keys)
        .exclude(unit__in=[unit.pk for unit in of])
        .order_by("pk")
        .first()
    )
    if borne is not None:
        raise KeyTaken(
            f"La clave {borne.text} es o fue de otro predio: una clave no se da dos veces.",
            details={"key": borne.text},
        )


def _fit(deed: Deed, text: str, parish: str | None) -> str:
    key = classify(text).national
    if key is None or key.is_condominium or key.lot_number == 0:
        raise KeyUnfit(
            f"«{text[:60]}» no es la clave nacional de un lote: escriba sus 24 cifras, o las 16 hasta el lote."
        )
    town = deed.municipality
    if key.canton_code != town.dpa_code:
        raise KeyUnfit(
            f"La clave {key.pretty} es de otro cantón: las de {town.name} empiezan por {town.dpa_code}."
        )
    if parish is not None and key.parish_code != parish:
        raise KeyUnfit(
            f"La clave {key.pretty} es de otra parroquia que el terreno: la suya empieza por {parish}."
        )
    return key.digits

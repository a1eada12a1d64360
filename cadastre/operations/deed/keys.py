"""The keys that new predios get: the next free lots of their block, or provisional ones."""

from collections.abc import Iterable, Sequence

from django.db import connection

from cadastre.keys.any_key import KeyKind, classify
from cadastre.keys.cadastral_key import CadastralKey, InvalidCadastralKey
from cadastre.keys.provisional_key import ProvisionalKey
from cadastre.models import KeyAlias, PropertyUnit
from cadastre.operations.deed.filing import Deed
from cadastre.operations.deed.given_keys import fit_keys
from cadastre.queries.import_known_units import last_provisional_number
from gis_project.core.errors import Conflict

_SCHEMES = {
    KeyKind.NATIONAL: KeyAlias.Scheme.NATIONAL,
    KeyKind.PROVISIONAL: KeyAlias.Scheme.PROVISIONAL,
}
# Advisory lock spaces 1 and 2 are the municipality's and the ground's (cadastre_lock_ground).
_LOCK_KEYS = "SELECT pg_advisory_xact_lock(3, hashtext(%s))"


class BlockFull(Conflict):
    """The block has no lot number left: give the keys yourself, or open another block."""

    code = "block_full"


def principal_key(unit: PropertyUnit) -> KeyAlias | None:
    """The key that the predio bears now, as known now."""
    return (
        KeyAlias.objects.known()
        .filter(unit=unit, is_principal=True, valid__upper_inf=True)
        .order_by("pk")
        .first()
    )


def alias(deed: Deed, text: str, *, unit: PropertyUnit | None = None) -> KeyAlias:
    """An unsaved principal key in force from the act's day."""
    known = classify(text)
    return KeyAlias(
        unit=unit,
        text=known.normalised if known.kind is KeyKind.NATIONAL else text.strip(),
        normalised=known.normalised,
        scheme=_SCHEMES.get(known.kind, KeyAlias.Scheme.LEGACY),
        is_principal=True,
        **deed.opened(),
    )


def new_keys(
    deed: Deed,
    like: str | None,
    count: int,
    *,
    given: Sequence[str] = (),
    parish_id: int | None = None,
    of: Iterable[PropertyUnit] = (),
) -> list[KeyAlias]:
    """``count`` unsaved keys: those given; else the next lots of the block of ``like``; else provisional.

    Two acts in one block wait for each other, so that a lot number is given once. ``parish_id`` and ``of`` as
    ``fit_keys`` takes them. BlockFull, KeyUnfit, KeyTaken.
    """
    if given:
        return [alias(deed, text) for text in fit_keys(deed, given, parish_id=parish_id, of=of)]
    parent = _national(like)
    if parent is None:
        return [alias(deed, text) for text in _provisional(deed, count)]
    block = parent.block_root
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_KEYS, [block])
    used = KeyAlias.objects.filter(
        municipality=deed.municipality,
        scheme=KeyAlias.Scheme.NATIONAL,
        normalised__startswith=block,
    ).values_list("normalised", flat=True)
    last = max((CadastralKey.parse(text).lot_number for text in used), default=0)
    try:
        keys = [parent.with_lot(last + number) for number in range(1, count + 1)]
    except InvalidCadastralKey as error:
        raise BlockFull(
            "La manzana no tiene más números de lote: indique usted las claves."
        ) from error
    return [alias(deed, key.digits) for key in keys]


def _provisional(deed: Deed, count: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_KEYS, [f"provisional {deed.municipality.pk}"])
    last = last_provisional_number(deed.municipality)
    code = deed.municipality.dpa_code
    return [str(ProvisionalKey(code, last + number)) for number in range(1, count + 1)]


def _national(text: str | None) -> CadastralKey | None:
    if text is None:
        return None
    try:
        return CadastralKey.parse(text)
    except InvalidCadastralKey:
        return None

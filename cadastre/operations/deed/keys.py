"""The keys that new predios get: the next free lots of their block, or provisional ones."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from cadastre.keys.any_key import KeyKind, classify
from cadastre.keys.cadastral_key import LENGTH, CadastralKey, InvalidCadastralKey
from cadastre.keys.provisional_key import ProvisionalKey
from cadastre.models import KeyAlias, PropertyUnit
from cadastre.operations.deed.filing import Deed
from cadastre.operations.deed.given_keys import fit_keys
from cadastre.operations.deed.offspring import in_force
from cadastre.queries.import_known_units import last_provisional_number
from gis_project.core.errors import Conflict
from gis_project.territory.scoped_postgis.prepared import run_prepared

_SCHEMES = {
    KeyKind.NATIONAL: KeyAlias.Scheme.NATIONAL,
    KeyKind.PROVISIONAL: KeyAlias.Scheme.PROVISIONAL,
}
# Advisory lock spaces 1 and 2 are the municipality's and the ground's (cadastre_lock_ground).
_LOCK_KEYS = "SELECT pg_advisory_xact_lock(3, hashtext(%s))"
_LAST_LOT = (Path(__file__).parent / "sql" / "last_lot.sql").read_text(encoding="utf-8")


class BlockFull(Conflict):
    """The block has no lot number left: give the keys yourself, or open another block."""

    code = "block_full"


def principal_key(unit: PropertyUnit) -> KeyAlias | None:
    """The key that the predio bears now, as known now."""
    borne = in_force(KeyAlias, unit=unit, is_principal=True)
    return borne[0] if borne else None


def alias(deed: Deed, text: str, *, unit: PropertyUnit | None = None) -> KeyAlias:
    """An unsaved principal key in force from the act's day."""
    known = classify(text)
    if known.national is not None:
        return _alias_of(deed, known.national, unit=unit)
    return KeyAlias(
        unit=unit,
        text=text.strip(),
        normalised=known.normalised,
        scheme=_SCHEMES.get(known.kind, KeyAlias.Scheme.LEGACY),
        is_principal=True,
        **deed.opened(),
    )


def _alias_of(deed: Deed, key: CadastralKey, *, unit: PropertyUnit | None = None) -> KeyAlias:
    return KeyAlias(
        unit=unit,
        text=key.digits,
        normalised=key.digits,
        scheme=KeyAlias.Scheme.NATIONAL,
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
    run_prepared(_LOCK_KEYS, [block])
    rest = LENGTH - len(block)
    asked = {
        "town": deed.municipality.pk,
        "first": f"{block}{'0' * rest}",
        "last": f"{block}{'9' * rest}",
    }
    ((highest,),) = run_prepared(_LAST_LOT, asked)
    last = CadastralKey.parse(highest).lot_number if highest else 0
    try:
        keys = [parent.with_lot(last + number) for number in range(1, count + 1)]
    except InvalidCadastralKey as error:
        raise BlockFull(
            "La manzana no tiene más números de lote: indique usted las claves."
        ) from error
    return [_alias_of(deed, key) for key in keys]


def _provisional(deed: Deed, count: int) -> list[str]:
    run_prepared(_LOCK_KEYS, [f"provisional {deed.municipality.pk}"])
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

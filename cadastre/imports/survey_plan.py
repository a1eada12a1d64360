"""The polygons of a survey (point table, DXF plan, map file), each with the key that it bears."""

from dataclasses import dataclass

import shapely

from cadastre.geometry.grid_rings import Area
from cadastre.imports.drawing import LABEL_FIELD
from cadastre.imports.parcel_map import InvalidMap
from cadastre.imports.parcel_records import Reason
from cadastre.imports.plain_values import as_text
from cadastre.imports.raw_layer import RawLayer
from cadastre.keys.any_key import KeyKind, classify

_KEY_NAMES = ("clave", "clave catastral", "clave_catastral", "predio", LABEL_FIELD)
_KEYS = (KeyKind.NATIONAL, KeyKind.PROVISIONAL, KeyKind.LEGACY)
_TWO_KEYS = Reason("two_keys", "El polígono lleva dos claves adentro: deje una.")


@dataclass(frozen=True, slots=True)
class SurveyedLot:
    """One closed polygon in the file's CRS; ``key`` is what the surveyor wrote, or nothing."""

    position: int
    key: str
    shape: Area


@dataclass(frozen=True, slots=True)
class UnfitPolygon:
    """A polygon that cannot be proposed, and what to do with it."""

    positions: tuple[int, ...]
    key: str
    reason: Reason


def read_plan(
    layer: RawLayer, *, key_field: str | None
) -> tuple[list[SurveyedLot], list[UnfitPolygon]]:
    """The lots and what is none; open lines and texts of a drawing are left out. Raises InvalidMap."""
    column = _column(layer, key_field)
    lots, unfit = [], []
    for record in layer.records:
        told = as_text(record.attributes.get(column)) if column else ""
        if record.shape is None:
            if record.flaw is not None and record.is_predio:
                unfit.append(UnfitPolygon((record.position,), told[:60], Reason(*record.flaw)))
            continue
        keys = _keys_in(told)
        if len(keys) > 1:
            unfit.append(UnfitPolygon((record.position,), keys[0], _TWO_KEYS))
            continue
        shape: Area = shapely.from_wkb(record.shape)  # type: ignore[assignment]  # the reader passes polygons only
        lots.append(SurveyedLot(record.position, keys[0] if keys else "", shape))
    return lots, unfit


def _column(layer: RawLayer, named: str | None) -> str | None:
    present = {name.casefold(): name for name in layer.fields}
    if named is not None:
        if named.casefold() not in present:
            raise InvalidMap(
                f"El archivo no tiene la columna «{named}». Columnas: {', '.join(layer.fields)}."
            )
        return present[named.casefold()]
    return next((present[name] for name in _KEY_NAMES if name in present), None)


def _keys_in(told: str) -> list[str]:
    """The lines that have the form of a key; a single line is taken as it is."""
    lines = [line.strip()[:60] for line in told.splitlines() if line.strip()]
    formed = [line for line in lines if classify(line).kind in _KEYS]
    return formed or (lines if len(lines) == 1 else [])

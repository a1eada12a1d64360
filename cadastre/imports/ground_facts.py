"""Where a predio lies, by the limits that the municipality has loaded; nothing is refused by them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from cadastre.imports.parcel_records import ParcelRecord
from cadastre.imports.reason_words import counted
from cadastre.keys.any_key import ClassifiedKey
from cadastre.keys.plain_text import plain

# The parish of a canton's seat (cabecera) ends so in the DPA.
_SEAT = "50"
_URBAN = ("U", "URBANO", "URBANA", "URBAN", "1")
_RURAL = ("R", "RURAL", "RUSTICO", "RUSTICA", "2")


@dataclass(frozen=True, slots=True)
class ParishLimit:
    """A parish: its row, code, every name that it goes by, its kind, its limit if loaded."""

    id: int
    dpa_code: str
    names: tuple[str, ...]
    kind: str
    geom: BaseGeometry | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a municipality in the storage CRS; the canton's may be unknown."""

    parishes: tuple[ParishLimit, ...] = ()
    urban: tuple[BaseGeometry, ...] = ()
    canton: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What was found out about a record: parish, URBAN or RURAL, whether it leaves the canton."""

    parish: ParishLimit | None
    kind: str
    is_outside_canton: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Records with their told parish and kind made codes, their places, and notices (es)."""

    records: list[ParcelRecord]
    places: list[Place]
    notices: list[str] = field(default_factory=list)


def placed(records: Sequence[ParcelRecord], limits: Limits, *, kind: str) -> Placed:
    """Parish: told, else of the national key, else of the ground. ``kind``: URBAN, RURAL or AUTO.

    AUTO takes what the file tells, else the urban limits, else the parish's kind, else RURAL.
    """
    inner = _inner_points(records)
    by_ground = _owners([limit.geom for limit in limits.parishes], inner)
    in_town = _owners(list(limits.urban), inner) >= 0
    has_point = np.array([point is not None for point in inner], dtype=bool)
    outside = np.zeros(len(records), dtype=bool)
    if limits.canton is not None:
        shapely.prepare(limits.canton)
        outside = has_point & ~shapely.intersects(limits.canton, inner)
    by_name = {name: limit for limit in limits.parishes for name in (limit.dpa_code, *limit.names)}
    kept, places = [], []
    unknown: dict[str, int] = {}
    guessed = 0
    for i, record in enumerate(records):
        told = _coded(record.told, by_name, unknown)
        if kind != "AUTO":
            told["kind"] = kind
        parish = by_name.get(told.get("parish", "")) or _by_key(record, by_name)
        if parish is None and by_ground[i] >= 0:
            parish = limits.parishes[by_ground[i]]
        found = told.get("kind")
        if found is None and limits.urban and has_point[i]:
            found = "URBAN" if in_town[i] else "RURAL"
        elif found is None:
            found = kind_by_parish(record.key, parish) or "RURAL"
            guessed += 1
        kept.append(replace(record, told=told))
        places.append(Place(parish, found, bool(outside[i])))
    return Placed(kept, places, _notices(unknown, guessed, int(outside.sum())))


def kind_of_word(text: str) -> str | None:
    """URBAN or RURAL for the words and letters by which files tell it; None for any other."""
    word = plain(text)
    if word in _URBAN:
        return "URBAN"
    return "RURAL" if word in _RURAL else None


def kind_by_parish(key: ClassifiedKey, parish: ParishLimit | None) -> str | None:
    """URBAN or RURAL by the parish's kind, else by its code in the national key; None when neither tells."""
    if parish is not None:
        return parish.kind
    if key.national is None:
        return None
    return "URBAN" if key.national.parish == _SEAT else "RURAL"


def _notices(unknown: dict[str, int], guessed: int, outside: int) -> list[str]:
    notices = [
        f"{counted(count, 'registro nombra', 'registros nombran')} una parroquia que no existe aquí: «{name}»."
        for name, count in sorted(unknown.items())[:10]
    ]
    if guessed:
        notices.append(
            f"{counted(guessed, 'predio recibió', 'predios recibieron')} la clase de suelo de su parroquia "
            "(o rural) porque no hay límites urbanos con que decidir; corrija con --kind o cargue los límites."
        )
    if outside:
        notices.append(
            f"{counted(outside, 'predio queda', 'predios quedan')} fuera del límite del cantón (solo es un "
            "aviso)."
        )
    return notices


def _coded(
    told: dict[str, Any], by_name: dict[str, ParishLimit], unknown: dict[str, int]
) -> dict[str, Any]:
    coded = dict(told)
    if "parish" in coded:
        text = plain(coded.pop("parish"))
        found = by_name.get(text) or by_name.get(text.zfill(6))
        if found is not None:
            coded["parish"] = found.dpa_code
        elif text:
            unknown[text] = unknown.get(text, 0) + 1
    if "kind" in coded and (told_kind := kind_of_word(coded.pop("kind"))):
        coded["kind"] = told_kind
    return coded


def _by_key(record: ParcelRecord, by_name: dict[str, ParishLimit]) -> ParishLimit | None:
    national = record.key.national
    return by_name.get(national.parish_code) if national is not None else None


def _inner_points(records: Sequence[ParcelRecord]) -> np.ndarray:
    geoms = np.array([record.geom for record in records] or [None], dtype=object)[: len(records)]
    return np.asarray(shapely.point_on_surface(geoms), dtype=object)


def _owners(areas: list[BaseGeometry | None], points: np.ndarray) -> np.ndarray:
    """For each point the position of the first area that holds it; -1 when none does."""
    owners = np.full(len(points), -1, dtype=np.int64)
    for position, area in enumerate(areas):
        if area is None or not len(points):
            continue
        shapely.prepare(area)
        owners[(owners < 0) & shapely.intersects(area, points)] = position
    return owners

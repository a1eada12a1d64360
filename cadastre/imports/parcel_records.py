"""Judging what a map file says of each predio: what enters, with which observations, and why not.

Nothing is repaired: a geometry is stored as it is (moved to the 1 mm grid) or not at all.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from cadastre.geometry.fingerprint import fingerprints
from cadastre.geometry.grid import snapped
from cadastre.geometry.polygon_checks import Flaw, size_flaws, stored_flaws, validity_flaws
from cadastre.imports.parcel_map import ParcelColumns
from cadastre.imports.personal_columns import looks_personal
from cadastre.imports.plain_values import as_text
from cadastre.imports.raw_layer import RawLayer, RawRecord
from cadastre.keys.any_key import ClassifiedKey, KeyKind, classify
from gis_project.core.areas import ellipsoidal_areas, legal_areas, reprojected
from gis_project.core.crs import STORAGE_SRID
from gis_project.core.errors import InvalidInput
from gis_project.core.money import parse_decimal
from gis_project.core.progress import UNSEEN, Progress, tracked
from gis_project.core.units import ha_to_m2, measured_area_m2

_LONGEST_KEY = 60
_LONGEST = {"id": 100, "number": 30, "block": 30, "address": 300, "land_use": 60}
NO_KEY = "no_key"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record is observed or rejected: ``code``, Spanish ``message``, place in EPSG:32717 if any."""

    code: str
    message: str
    x: float | None = None
    y: float | None = None
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelRecord:
    """One predio of the file, judged by itself.

    ``told`` holds the mapped values that the file gives (absent ones are not in it). ``geom`` is a
    MultiPolygon in the storage CRS or ``None``; ``shown`` what a map of findings may draw instead.
    """

    position: int
    key_text: str
    key: ClassifiedKey
    external_id: str
    told: dict[str, Any]
    attributes: dict[str, Any]
    geom: BaseGeometry | None
    geom_hash: str
    legal_area_m2: Decimal | None
    ellipsoidal_area_m2: Decimal | None
    observations: tuple[Reason, ...]
    rejection: Reason | None
    warnings: tuple[str, ...]
    shown: BaseGeometry | None
    raw_hex: str

    @property
    def has_key(self) -> bool:
        """Whether the file gives a key that can be kept."""
        return self.key.kind not in (KeyKind.EMPTY, KeyKind.DAMAGED)

    @property
    def needs_no_polygon(self) -> bool:
        """Whether it is a unit of a condominium, which stands on the polygon of its matrix."""
        return (
            self.key.national is not None
            and self.key.national.is_condominium
            and self.geom is None
            and not self.raw_hex
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingRules:
    """What judging needs to know besides the file: CRS of file and municipality, columns, its code."""

    srid: int
    legal_srid: int
    dpa_code: str
    columns: ParcelColumns
    titled_area_unit: str = "m2"
    keep: tuple[str, ...] | None = None


def judged(
    layer: RawLayer, rules: JudgingRules, progress: Progress = UNSEEN
) -> tuple[list[ParcelRecord], list[str]]:
    """Every record of the layer, in its order, and notices (es) about the file as a whole."""
    kept, notices = _kept_columns(layer.fields, rules)
    geoms, shown, flaws = stored_geometries(layer.records, rules.srid)
    there = np.array([geom is not None for geom in geoms], dtype=bool)
    stored = geoms[there]
    legal = iter(legal_areas(stored, legal_srid=rules.legal_srid).tolist())
    ellipsoidal = iter(ellipsoidal_areas(stored).tolist())
    hashes = iter(fingerprints(stored))
    keys_seen: dict[str, int] = {}
    ids_seen: dict[str, int] = {}
    judged_records = []
    for i, raw in enumerate(tracked(layer.records, progress)):
        has_geom = bool(there[i])
        record = _judge_one(
            raw,
            rules,
            kept,
            geom=geoms[i],
            geom_hash=next(hashes) if has_geom else "",
            areas=(measured_area_m2(next(legal)), measured_area_m2(next(ellipsoidal)))
            if has_geom
            else (None, None),
            shown=shown[i],
            flaw=flaws[i],
            keys_seen=keys_seen,
            ids_seen=ids_seen,
        )
        judged_records.append(record)
    return judged_records, notices


def _kept_columns(present: list[str], rules: JudgingRules) -> tuple[list[str], list[str]]:
    if rules.keep is not None:
        return [name for name in present if name in rules.keep], []
    personal = [name for name in present if looks_personal(name)]
    notices = []
    if personal:
        notices.append(
            f"Columnas con aspecto de datos personales que no se guardan: {', '.join(personal)}. Los "
            "titulares entran con import_register."
        )
    return [name for name in present if name not in personal], notices


def stored_geometries(
    records: Sequence[RawRecord], srid: int
) -> tuple[np.ndarray, np.ndarray, list[Reason | None]]:
    """Per record: the MultiPolygon to store (or None), what to show, and the flaw; all in storage CRS.

    Any register of areas takes its polygons in this way: moved, on the 1 mm grid, checked, not repaired.
    """
    read = shapely.from_wkb(np.array([record.shape for record in records], dtype=object))
    read = np.atleast_1d(np.asarray(read, dtype=object))
    flaws: list[Reason | None] = [
        Reason(*record.flaw) if record.flaw else None for record in records
    ]
    there = np.flatnonzero([geom is not None for geom in read])
    moved = reprojected(read[there], to_srid=STORAGE_SRID, from_srid=srid)
    on_grid = _multi(snapped(moved))
    geoms = np.full(len(records), None, dtype=object)
    shown = np.full(len(records), None, dtype=object)
    # A flaw of the file as it is comes first; then what the move and the grid made of it.
    checks = (
        [_moved(flaw, srid) for flaw in validity_flaws(read[there])],
        size_flaws(on_grid),
        stored_flaws(on_grid),
        [_by_grid(flaw) for flaw in validity_flaws(on_grid)],
    )
    for place, i in enumerate(there):
        found = next((check[place] for check in checks if check[place] is not None), None)
        if found is None:
            geoms[i] = shown[i] = on_grid[place]
            continue
        flaws[i] = Reason(found.code, found.message, found.x, found.y)
        if found.code not in ("not_finite", "out_of_bounds"):
            shown[i] = _multi(moved[place : place + 1])[0]
    return geoms, shown, flaws


def _multi(geoms: np.ndarray) -> np.ndarray:
    made = geoms.copy()
    single = shapely.get_type_id(geoms) == shapely.GeometryType.POLYGON
    if single.any():
        made[single] = shapely.multipolygons(geoms[single].reshape(-1, 1))
    return made


def _moved(flaw: Flaw | None, srid: int) -> Flaw | None:
    if flaw is None or flaw.x is None or flaw.y is None:
        return flaw
    point = np.array([shapely.Point(flaw.x, flaw.y)], dtype=object)
    (moved,) = reprojected(point, to_srid=STORAGE_SRID, from_srid=srid)
    return Flaw(flaw.code, flaw.message, moved.x, moved.y)


def _by_grid(flaw: Flaw | None) -> Flaw | None:
    if flaw is None:
        return None
    message = f"Al llevarla a la rejilla de 1 mm deja de ser válida. {flaw.message}"
    return Flaw("invalid_on_grid", message, flaw.x, flaw.y)


def _judge_one(
    raw: RawRecord,
    rules: JudgingRules,
    kept: list[str],
    *,
    geom: BaseGeometry | None,
    geom_hash: str,
    areas: tuple[Decimal | None, Decimal | None],
    shown: BaseGeometry | None,
    flaw: Reason | None,
    keys_seen: dict[str, int],
    ids_seen: dict[str, int],
) -> ParcelRecord:
    columns = rules.columns
    warnings: list[str] = []
    key_text = as_text(raw.attributes.get(columns.key)) if columns.key else ""
    key = classify(key_text)
    observations = [flaw] if flaw is not None else []
    if len(key_text) > _LONGEST_KEY or len(key.normalised) > _LONGEST_KEY:
        warnings.append("La clave es demasiado larga y no se guarda como clave.")
        key = ClassifiedKey(KeyKind.DAMAGED, "", warnings=("La clave tiene más de 60 signos.",))
    if key.kind is KeyKind.EMPTY:
        message = (
            "El registro no trae clave catastral: se le dio una provisional; asígnele la suya."
        )
        observations.append(Reason(NO_KEY, message))
    elif key.kind is KeyKind.DAMAGED:
        observations.append(
            Reason("damaged_key", " ".join(key.warnings), detail={"text": key_text[:100]})
        )
    else:
        warnings += key.warnings
        if key.kind is KeyKind.FREE_TEXT:
            warnings.append("La clave no tiene la forma nacional: se guarda como clave anterior.")
        if key.national is not None and key.national.canton_code != rules.dpa_code:
            warnings.append("La clave es de otro cantón.")
    external_id = (
        _cut(as_text(raw.attributes.get(columns.id)), "id", warnings) if columns.id else ""
    )
    told = _told(raw.attributes, rules, warnings)
    rejection = _rejection(raw, key, external_id, keys_seen, ids_seen)
    attributes = {name: raw.attributes.get(name) for name in kept}
    if geom is None and not geom_hash:
        identified = _is_identified(key, external_id)
        geom_hash = _hash_without_geometry(raw, None if identified else attributes)
    return ParcelRecord(
        position=raw.position,
        key_text=key_text[:_LONGEST_KEY],
        key=key,
        external_id=external_id,
        told=told,
        attributes=attributes,
        geom=geom,
        geom_hash=geom_hash,
        legal_area_m2=areas[0],
        ellipsoidal_area_m2=areas[1],
        observations=() if rejection else tuple(observations),
        rejection=rejection,
        warnings=tuple(warnings),
        shown=shown,
        raw_hex=raw.raw_hex or (raw.shape.hex() if raw.shape and geom is None else ""),
    )


def _rejection(
    raw: RawRecord,
    key: ClassifiedKey,
    external_id: str,
    keys_seen: dict[str, int],
    ids_seen: dict[str, int],
) -> Reason | None:
    identified = _is_identified(key, external_id)
    if not raw.is_predio and not identified and raw.flaw:
        return Reason(*raw.flaw)
    if (
        not identified
        and raw.shape is None
        and not raw.raw_hex
        and not any(value not in (None, "") for value in raw.attributes.values())
    ):
        return Reason("empty_record", "El registro está vacío.")
    has_key = key.kind not in (KeyKind.EMPTY, KeyKind.DAMAGED)
    if has_key and key.normalised in keys_seen:
        first = keys_seen[key.normalised]
        message = f"La clave ya la usa el registro {first} del archivo: decida cuál es el bueno."
        return Reason("repeated_key", message, detail={"first": first})
    if external_id in ids_seen:
        first = ids_seen[external_id]
        message = f"El identificador ya lo usa el registro {first} del archivo."
        return Reason("repeated_id", message, detail={"first": first})
    # Only a record that enters uses them up.
    if has_key:
        keys_seen[key.normalised] = raw.position
    if external_id:
        ids_seen[external_id] = raw.position
    return None


def _is_identified(key: ClassifiedKey, external_id: str) -> bool:
    return key.kind not in (KeyKind.EMPTY, KeyKind.DAMAGED) or bool(external_id)


def _told(attributes: dict[str, Any], rules: JudgingRules, warnings: list[str]) -> dict[str, Any]:
    columns = rules.columns
    told: dict[str, Any] = {}
    for name in ("number", "block", "address", "land_use", "parish", "kind"):
        column = getattr(columns, name)
        if column:
            told[name] = _cut(as_text(attributes.get(column)), name, warnings)
    for name in ("titled_area", "aliquot"):
        column = getattr(columns, name)
        if column:
            told[name] = _decimal(attributes.get(column), column, warnings)
    if told.get("titled_area") is not None and rules.titled_area_unit == "ha":
        told["titled_area"] = ha_to_m2(told["titled_area"])
    if told.get("titled_area") is not None:
        told["titled_area"] = round(told["titled_area"], 4)
    return told


def _decimal(value: Any, column: str, warnings: list[str]) -> Decimal | None:
    text = as_text(value)
    if not text:
        return None
    if isinstance(value, float):
        return Decimal(repr(value))
    try:
        return parse_decimal(text)
    except InvalidInput as refusal:
        warnings.append(f"{column}: {refusal.message}")
        return None


def _cut(text: str, name: str, warnings: list[str]) -> str:
    most = _LONGEST.get(name, 300)
    if len(text) > most:
        warnings.append(f"El texto de «{name}» pasa de {most} signos y se cortó.")
    return text[:most]


def _hash_without_geometry(raw: RawRecord, attributes: dict[str, Any] | None) -> str:
    shape = raw.shape.hex() if raw.shape else raw.raw_hex
    if not shape and attributes is None:
        return ""
    told = json.dumps([shape, attributes], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"without geometry: {told}".encode()).hexdigest()

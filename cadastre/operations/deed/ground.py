"""The ground of an act: what lies there now, who touches it, and how its new shape is written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import shapely

from cadastre.geometry.fingerprint import fingerprints
from cadastre.geometry.grid_rings import Area
from cadastre.geometry.ledger import Entry, LedgerLine
from cadastre.models import AreaLedgerLine, Lineage, Parcel, ParcelVersion
from cadastre.models.geometry_edge import as_multipolygon, shape_of, to_ewkb, to_geos
from cadastre.operations.deed.filing import Deed
from cadastre.operations.deed.rows import (
    Follower,
    RegisterMovedOn,
    follow_rows,
    open_rows,
    successor,
)
from gis_project.core.areas import ellipsoidal_areas, legal_areas
from gis_project.core.errors import InvalidInput
from gis_project.core.units import measured_area_m2
from gis_project.territory.scoped_postgis.prepared import run_prepared
from gis_project.territory.stored_rows import insert_rows, read_rows

# Whoever is nearer than this shares boundary (cadastre.geometry asks for all within 2 mm).
REACH_M = 0.002


_DRAW_IT_FIRST = "El predio no tiene terreno en el mapa: registre primero su geometría."
_SQL = Path(__file__).parent / "sql"
_LOCK_AROUND = (_SQL / "lock_around.sql").read_text(encoding="utf-8")
_AROUND = (_SQL / "ground_around.sql").read_text(encoding="utf-8")


class NoGround(InvalidInput):
    """The predio has no geometry: draw it first (register its map)."""

    code = "no_ground"


@dataclass(frozen=True, slots=True)
class Ground:
    """The versions in force of the act's own parcels and of those that touch them, locked, with shapes."""

    own: Mapping[UUID, ParcelVersion]
    around: Mapping[UUID, ParcelVersion]
    shapes: Mapping[UUID, Area]

    def own_shapes(self) -> dict[UUID, Area]:
        """The act's own parcels."""
        return {parcel: self.shapes[parcel] for parcel in self.own}

    def neighbours(self) -> dict[UUID, Area]:
        """Those that touch them."""
        return {parcel: self.shapes[parcel] for parcel in self.around}


def take_ground(
    deed: Deed, parcels: Sequence[UUID | None], *, reach: Iterable[Area] = ()
) -> Ground:
    """Lock the parcels' ground and their neighbours', and read both as they are then.

    ``reach``: new ground that the act will cover besides. NoGround when a parcel has no geometry.
    """
    ids = [parcel for parcel in parcels if parcel is not None]
    if len(ids) < len(parcels):
        raise NoGround(_DRAW_IT_FIRST)
    asked = {
        "town": deed.municipality.pk,
        "operation": deed.operation.pk,
        "parcels": ids,
        "reach": [to_ewkb(shape) for shape in reach],
        "within_m": REACH_M,
    }
    run_prepared(_LOCK_AROUND, asked)
    found = read_rows(ParcelVersion, _AROUND, asked)
    # While this act waited for the ground, another may have written there after this one took its time.
    if any(version.recorded.lower >= deed.recorded_at for version in found):
        raise RegisterMovedOn(
            "Otro acto trabajó sobre el mismo terreno: espere un momento y vuelva a intentarlo."
        )
    versions = {version.parcel_id: version for version in found}
    if any(parcel not in versions for parcel in ids):
        raise NoGround(_DRAW_IT_FIRST)
    own = {parcel: versions.pop(parcel) for parcel in ids}
    return Ground(own, versions, _shapes(found))


def replace_ground(
    deed: Deed,
    ground: Ground,
    shapes: Mapping[UUID, Area],
    *,
    mended: Collection[UUID] = (),
    **changes: Any,
) -> None:
    """New versions of parcels that are there, with the shapes given (own or around).

    ``changes`` go to the act's own parcels; those ``mended`` are observed no more.
    """
    versions = {**ground.around, **ground.own}
    drawn = _drawn(deed, shapes)
    rows = []
    for parcel in {**shapes, **dict.fromkeys(mended)}:
        columns = drawn.get(parcel, {}) | (changes if parcel in ground.own else {})
        if parcel in mended:
            columns["is_observed"] = False
        rows.append((versions[parcel], columns))
    _follow(deed, rows)


def divide_ground(
    deed: Deed, ground: Ground, children: Mapping[UUID, Area], around: Mapping[UUID, Area]
) -> None:
    """The act's own parcel ends; its children begin, described like it, and those around get their new shapes.

    No title says yet what a child measures.
    """
    (own,) = ground.own.values()
    drawn = _drawn(deed, {**children, **around})
    parted = [
        (own, drawn[child] | {"parcel_id": child, "titled_area_m2": None}) for child in children
    ]
    _follow(deed, [*parted, *((ground.around[parcel], drawn[parcel]) for parcel in around)])


def _drawn(deed: Deed, shapes: Mapping[UUID, Area]) -> dict[UUID, dict[str, Any]]:
    """What the next versions of the parcels say of their ground, as ``follow_rows`` takes it."""
    told = _measured(list(shapes.values()), legal_srid=deed.municipality.legal_srid)
    return {
        parcel: {"geom": to_ewkb(as_multipolygon(shape)), **columns}
        for (parcel, shape), columns in zip(shapes.items(), told, strict=True)
    }


def _follow(deed: Deed, rows: Sequence[tuple[ParcelVersion, Mapping[str, Any]]]) -> None:
    """New versions, each like the one it follows but for its own columns; what others change it keeps."""
    changed = {name for _, columns in rows for name in columns}
    followers = []
    for version, columns in rows:
        kept = {
            name: _stored(version) if name == "geom" else getattr(version, name)
            for name in changed.difference(columns)
        }
        followers.append(Follower(version.pk, kept | dict(columns)))
    ended = list(dict.fromkeys(version.pk for version, _ in rows))
    follow_rows(deed, ParcelVersion, ended, followers)


def open_parcels(
    deed: Deed, shapes: Sequence[Area], *, like: ParcelVersion, **changes: Any
) -> list[ParcelVersion]:
    """A new parcel and its first version for each shape, described like another version."""
    parcels = insert_rows([Parcel(id=uuid4(), municipality=deed.municipality) for _ in shapes])
    drawn = columns_of_grounds(shapes, legal_srid=deed.municipality.legal_srid)
    return open_rows(
        [
            successor(deed, like, **({"parcel_id": parcel.pk} | columns | changes))
            for parcel, columns in zip(parcels, drawn, strict=True)
        ]
    )


def ground_columns(shape: Area, *, legal_srid: int) -> dict[str, Any]:
    """What a version says of its geometry: the stored form, its fingerprint and its areas."""
    return columns_of_grounds([shape], legal_srid=legal_srid)[0]


def _stored(version: ParcelVersion) -> bytes | None:
    shape = shape_of(version)
    return to_ewkb(shape) if shape is not None else None


def columns_of_grounds(shapes: Sequence[Area], *, legal_srid: int) -> list[dict[str, Any]]:
    """The same for several, in their order."""
    told = _measured(shapes, legal_srid=legal_srid)
    return [
        {"geom": to_geos(shape), **columns} for shape, columns in zip(shapes, told, strict=True)
    ]


def _measured(shapes: Sequence[Area], *, legal_srid: int) -> list[dict[str, Any]]:
    if not shapes:
        return []
    told = zip(
        fingerprints(shapes),
        legal_areas(shapes, legal_srid=legal_srid).tolist(),
        ellipsoidal_areas(shapes).tolist(),
        strict=True,
    )
    return [
        {
            "geom_hash": fingerprint,
            "legal_area_m2": measured_area_m2(legal),
            "ellipsoidal_area_m2": measured_area_m2(ellipsoidal),
        }
        for fingerprint, legal, ellipsoidal in told
    ]


def draw_lineage(deed: Deed, parents: Iterable[UUID], children: Iterable[UUID]) -> None:
    """An edge from every parent to every child."""
    insert_rows(lineage_edges(deed, parents, children))


def lineage_edges(deed: Deed, parents: Iterable[UUID], children: Iterable[UUID]) -> list[Lineage]:
    """The same, not saved yet."""
    offspring = list(children)
    return [
        Lineage(parent_id=parent, child_id=child, operation=deed.operation)
        for parent in parents
        for child in offspring
    ]


def write_ledger(
    deed: Deed,
    lines: Iterable[LedgerLine[UUID]],
    *,
    opened: Sequence[UUID] = (),
    rest: str = AreaLedgerLine.Kind.ROUNDING,
) -> None:
    """The area ledger of the act; ``opened`` are the parcels of the lines that open, in their order.

    ``rest`` says what the balancing line is; lines of nothing are left out, but for what opens and closes.
    """
    insert_rows(ledger_lines(deed, lines, opened=opened, rest=rest))


def ledger_lines(
    deed: Deed,
    lines: Iterable[LedgerLine[UUID]],
    *,
    opened: Sequence[UUID] = (),
    rest: str = AreaLedgerLine.Kind.ROUNDING,
) -> list[AreaLedgerLine]:
    """The same, not saved yet."""
    rows = []
    for line in lines:
        kind, subject = line.entry.value, line.subject
        parcel = opened[subject] if isinstance(subject, int) else subject
        if line.entry is Entry.ROUNDING:
            kind = rest
            if not line.twice_mm2:
                continue
        rows.append(
            AreaLedgerLine(
                operation=deed.operation, parcel_id=parcel, kind=kind, area_m2=line.area_m2
            )
        )
    deed.ledger.extend((row.parcel_id, str(row.kind), row.area_m2) for row in rows)
    return rows


def _shapes(versions: Iterable[ParcelVersion]) -> dict[UUID, Area]:
    """Single polygons as such: the pure functions give back what they were given."""
    shapes: dict[UUID, Area] = {}
    for version in versions:
        shape: Any = shape_of(version)
        parts = shapely.get_parts(shape)
        shapes[version.parcel_id] = parts[0] if len(parts) == 1 else shape
    return shapes

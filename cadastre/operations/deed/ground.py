"""The ground of an act: what lies there now, who touches it, and how its new shape is written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import connection

from cadastre.geometry.fingerprint import fingerprints
from cadastre.geometry.grid_rings import Area
from cadastre.geometry.ledger import Entry, LedgerLine
from cadastre.models import AreaLedgerLine, Lineage, Parcel, ParcelVersion
from cadastre.models.geometry_edge import to_geos, to_shapely
from cadastre.operations.deed.filing import Deed
from cadastre.operations.deed.locks import lock_ground
from cadastre.operations.deed.rows import RegisterMovedOn, open_rows, replace_rows, successor
from gis_project.core.areas import ellipsoidal_area, legal_area
from gis_project.core.errors import InvalidInput
from gis_project.core.units import measured_area_m2

# Whoever is nearer than this shares boundary (cadastre.geometry asks for all within 2 mm).
REACH_M = 0.002


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
        raise NoGround("El predio no tiene terreno en el mapa: registre primero su geometría.")
    extra = list(reach)
    own, around = _read(deed, ids, extra)
    lock_ground(deed.municipality, [*_shapes([*own.values(), *around.values()]).values(), *extra])
    own, around = _read(deed, ids, extra)
    # While this act waited for the ground, another may have written there after this one took its time.
    if any(v.recorded.lower >= deed.recorded_at for v in (*own.values(), *around.values())):
        raise RegisterMovedOn(
            "Otro acto trabajó sobre el mismo terreno: espere un momento y vuelva a intentarlo."
        )
    _claim(deed)
    return Ground(own, around, _shapes([*own.values(), *around.values()]))


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
    srid = deed.municipality.legal_srid
    rows = []
    for parcel in {**shapes, **dict.fromkeys(mended)}:
        columns = (ground_columns(shapes[parcel], legal_srid=srid) if parcel in shapes else {}) | (
            changes if parcel in ground.own else {}
        )
        if parcel in mended:
            columns["is_observed"] = False
        rows.append((versions[parcel], columns))
    replace_rows(deed, rows)


def open_parcels(
    deed: Deed, shapes: Sequence[Area], *, like: ParcelVersion, **changes: Any
) -> list[ParcelVersion]:
    """A new parcel and its first version for each shape, described like another version."""
    parcels = Parcel.objects.bulk_create(
        Parcel(id=uuid4(), municipality=deed.municipality) for _ in shapes
    )
    srid = deed.municipality.legal_srid
    return open_rows(
        [
            successor(
                deed,
                like,
                **({"parcel_id": parcel.pk} | ground_columns(shape, legal_srid=srid) | changes),
            )
            for parcel, shape in zip(parcels, shapes, strict=True)
        ]
    )


def ground_columns(shape: Area, *, legal_srid: int) -> dict[str, Any]:
    """What a version says of its geometry: the stored form, its fingerprint and its areas."""
    return {
        "geom": to_geos(shape),
        "geom_hash": fingerprints([shape])[0],
        "legal_area_m2": measured_area_m2(legal_area(shape, legal_srid=legal_srid)),
        "ellipsoidal_area_m2": measured_area_m2(ellipsoidal_area(shape)),
    }


def draw_lineage(deed: Deed, parents: Iterable[UUID], children: Iterable[UUID]) -> None:
    """An edge from every parent to every child."""
    offspring = list(children)
    Lineage.objects.bulk_create(
        Lineage(parent_id=parent, child_id=child, operation=deed.operation)
        for parent in parents
        for child in offspring
    )


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
    AreaLedgerLine.objects.bulk_create(rows)


def _read(
    deed: Deed, ids: Sequence[UUID], reach: Sequence[Area]
) -> tuple[dict[UUID, ParcelVersion], dict[UUID, ParcelVersion]]:
    in_force = ParcelVersion.objects.known().filter(
        municipality=deed.municipality, valid__upper_inf=True
    )
    own = {version.parcel_id: version for version in in_force.filter(parcel_id__in=ids)}
    if any(parcel not in own or own[parcel].geom is None for parcel in ids):
        raise NoGround("El predio no tiene terreno en el mapa: registre primero su geometría.")
    around: dict[UUID, ParcelVersion] = {}
    for shape in (*(version.geom for version in own.values()), *(to_geos(s) for s in reach)):
        near = in_force.filter(geom__dwithin=(_plain(shape), REACH_M)).exclude(parcel_id__in=ids)
        around |= {version.parcel_id: version for version in near}
    return own, around


def _plain(shape: GEOSGeometry) -> GEOSGeometry:
    if not isinstance(shape, GEOSGeometry):
        raise TypeError(type(shape))
    return shape


def _shapes(versions: Iterable[ParcelVersion]) -> dict[UUID, Area]:
    """Single polygons as such: the pure functions give back what they were given."""
    shapes: dict[UUID, Area] = {}
    for version in versions:
        if version.geom is None:
            continue
        shape: Any = to_shapely(version.geom)
        parts = shapely.get_parts(shape)
        shapes[version.parcel_id] = parts[0] if len(parts) == 1 else shape
    return shapes


def _claim(deed: Deed) -> None:
    """Tells the no-overlap law that this act holds the locks of all its ground already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lindero.ground_locked', %s, true)", [str(deed.operation.pk)]
        )

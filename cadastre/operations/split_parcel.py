"""Fraccionamiento o subdivisión (COOTAD 470): one predio ends, its parts begin the same day, nothing is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias, TypedDict
from uuid import UUID

from shapely import LineString

from cadastre.geometry.grid_rings import Area
from cadastre.geometry.parallel_cuts import (
    Side,
    split_by_equal_area,
    split_by_equal_width,
    split_by_ratio,
    split_off_area,
)
from cadastre.geometry.partition import split_by_partition
from cadastre.geometry.split import Split, split_by_lines
from cadastre.models import KeyAlias, Parcel, PropertyUnit
from cadastre.operations.deed.beyond_tolerance import ask_beyond_lots
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.ground import (
    Ground,
    divide_ground,
    ledger_lines,
    lineage_edges,
    take_ground,
)
from cadastre.operations.deed.keys import new_keys
from cadastre.operations.deed.offspring import new_units, share_buildings
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import performing
from cadastre.operations.deed.rows import follow_rows
from cadastre.operations.deed.standing import hand_down, standing
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.territory.stored_rows import insert_together, read_rows

VERB = "split_parcel"
_GREEN_AREA = (
    "Si la autorización manda entregar área verde o comunal, o pagarla (COOTAD 424, sin verificar), regístrela "
    "como obligación del predio."
)


class KeysDoNotFit(InvalidInput):
    """As many keys as new lots must be given, or none: the system then takes the next ones."""

    code = "keys_do_not_fit"


class OnlyPlainPredio(InvalidInput):
    """A unit of a condominium, or its matrix, has no ground of its own to divide or unite."""

    code = "only_plain_predio"


class GroundShared(Conflict):
    """Another predio has the same ground: retire that one, or correct which ground it has."""

    code = "ground_shared"


@dataclass(frozen=True, slots=True)
class ByLines:
    """Along lines (EPSG:32717), which may cross."""

    lines: tuple[LineString, ...]


@dataclass(frozen=True, slots=True)
class ByArea:
    """A first part of exactly this grid area, on this side of a line of this bearing; the rest is the second."""

    area_m2: Decimal
    bearing_deg: Decimal
    side: Side


@dataclass(frozen=True, slots=True)
class ByRatio:
    """Parts in these proportions from this side on, by parallel lines of this bearing."""

    ratio: tuple[int, ...]
    bearing_deg: Decimal
    side: Side


@dataclass(frozen=True, slots=True)
class ByStrips:
    """Parallel strips of equal area, or of equal width."""

    count: int
    bearing_deg: Decimal
    side: Side
    equal: Literal["area", "width"] = "area"


@dataclass(frozen=True, slots=True)
class ByPartition:
    """The polygons of a plan (EPSG:32717), which together cover the predio."""

    pieces: tuple[Area, ...]


class _Along(TypedDict):
    bearing_deg: float
    side: Side
    key: UUID
    neighbours: Mapping[UUID, Area]


Cut: TypeAlias = ByLines | ByArea | ByRatio | ByStrips | ByPartition


def split_parcel(
    *, unit: PropertyUnit, cut: Cut, filing: Filing, keys: Sequence[str] = ()
) -> Outcome:
    """The outcome: the parent retired, a predio per part with its rights, burdens and ficha.

    ``keys`` in the order of the parts (largest first, or as the cut orders them). Children sum exactly to
    the parent with the cut's ends in its boundary; neighbours get those vertices too. Raises what
    ``performing`` does, GeometryRefused, KeysDoNotFit, OnlyPlainPredio, GroundShared.
    """
    municipality = unit.municipality
    with performing(VERB, municipality=municipality, units=[unit], filing=filing) as work:
        deed, (parent,) = work.deed, work.units
        check_not_condominium(parent)
        stood = standing(parent)
        if stood.is_shared:
            raise _ground_shared()
        ground = take_ground(deed, [parent.parcel_id])
        (parcel_id,) = ground.own
        split = _cut(cut, parcel_id, ground)
        if keys and len(keys) != len(split.children):
            raise KeysDoNotFit(
                f"El corte deja {len(split.children)} lotes y usted da {len(keys)} claves."
            )
        ask_beyond_lots(work, len(split.children))
        work.notes.append(_GREEN_AREA)
        aliases = new_keys(
            deed,
            stood.key,
            len(split.children),
            given=keys,
            parish_id=ground.own[parcel_id].parish_id,
        )
        parcels = [Parcel(municipality=municipality) for _ in split.children]
        shapes = {lot.pk: shape for lot, shape in zip(parcels, split.children, strict=True)}
        work.made = new_units(deed, list(shapes), aliases)
        insert_together(parcels, work.made, aliases)
        insert_together(
            lineage_edges(deed, [parcel_id], shapes),
            ledger_lines(deed, split.ledger, opened=list(shapes)),
        )
        divide_ground(deed, ground, shapes, split.neighbours)
        if stood.is_built:
            homes = {lot: unit.pk for lot, unit in zip(shapes, work.made, strict=True)}
            work.notes += share_buildings(deed, parent, shapes, homes)
        work.notes += hand_down(deed, parent, stood, work.made)
        follow_rows(deed, KeyAlias, stood.keys, ())
        deed.retired.add(parent.pk)
        work.facts["inserted"] = [[round(x, 3), round(y, 3)] for x, y in split.inserted]
    return work.done


def check_plain(unit: PropertyUnit) -> None:
    """Raise OnlyPlainPredio in a condominium, GroundShared where another predio stands on the ground."""
    check_not_condominium(unit)
    if others_on_the_ground(unit):
        raise _ground_shared()


def _ground_shared() -> GroundShared:
    return GroundShared(
        "Otro predio tiene el mismo terreno: dé de baja, con su resolución, el que no le corresponde."
    )


def check_not_condominium(unit: PropertyUnit) -> None:
    """Raise OnlyPlainPredio for a unit of a condominium or its matrix."""
    if unit.kind != PropertyUnit.Kind.WHOLE or not unit.is_taxable:
        raise OnlyPlainPredio(
            "El predio está en propiedad horizontal: su terreno no se divide ni se une por unidades."
        )


def others_on_the_ground(unit: PropertyUnit) -> list[PropertyUnit]:
    """The other predios in force that have the same parcel, as the old data brought them."""
    if unit.parcel_id is None:
        return []
    others = read_rows(
        PropertyUnit,
        "parcel_id = %s AND municipality_id = %s AND id <> %s AND state <> 'RETIRED'",
        [unit.parcel_id, unit.municipality_id, unit.pk],
    )
    return sorted(others, key=lambda other: (other.created_at, other.pk))


def _cut(cut: Cut, parcel: UUID, ground: Ground) -> Split[UUID]:
    shape, neighbours = ground.shapes[parcel], ground.neighbours()
    if isinstance(cut, ByLines):
        return split_by_lines(shape, cut.lines, key=parcel, neighbours=neighbours)
    if isinstance(cut, ByPartition):
        return split_by_partition(shape, cut.pieces, key=parcel, neighbours=neighbours)
    along = _Along(
        bearing_deg=float(cut.bearing_deg), side=cut.side, key=parcel, neighbours=neighbours
    )
    if isinstance(cut, ByArea):
        return split_off_area(shape, cut.area_m2, **along).split
    if isinstance(cut, ByRatio):
        return split_by_ratio(shape, cut.ratio, **along).split
    if cut.equal == "width":
        return split_by_equal_width(shape, cut.count, **along).split
    return split_by_equal_area(shape, cut.count, **along).split

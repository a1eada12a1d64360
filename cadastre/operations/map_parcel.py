"""Primera geometría de un predio sin mapa: one that came from the old roll by its ficha alone gets its ground.

Key, holders, ficha and values stay, and so does what the title says; the verdict compares it with what was measured.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from cadastre.acts.area_tolerance import verdict
from cadastre.geometry.grid_rings import Area
from cadastre.geometry.overlap import check_overlaps
from cadastre.geometry.replace import check_usable, enter_parcel
from cadastre.models import AreaLedgerLine, ParcelVersion, PropertyUnit
from cadastre.operations.deed.beyond_tolerance import ask_for_further_documents
from cadastre.operations.deed.filing import Deed, Filing
from cadastre.operations.deed.ground import (
    NoGround,
    ground_columns,
    replace_ground,
    take_ground,
    write_ledger,
)
from cadastre.operations.deed.mend import settle_states
from cadastre.operations.deed.observations import answered, resolve
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.rows import replace_rows
from cadastre.operations.deed.survey import bind_surveys
from cadastre.operations.deed.title_seen import check_title_seen
from cadastre.operations.split_parcel import GroundShared, OnlyPlainPredio, others_on_the_ground
from cadastre.queries.area_tolerance import area_tolerance_in_force
from gis_project.core.errors import Conflict
from gis_project.core.units import format_m2

VERB = "map_parcel"


class AlreadyMapped(Conflict):
    """The predio has its ground on the map: rectify its area, or adjust a boundary."""

    code = "already_mapped"


def map_parcel(
    *,
    unit: PropertyUnit,
    shape: Area,
    filing: Filing,
    titled_area_m2: Decimal | None = None,
    source_srid: int | None = None,
) -> Outcome:
    """The outcome; ``facts["verdict"]`` explains what title and ground say together, where the title's area is known.

    ``shape`` on the millimetre grid of EPSG:32717; ``titled_area_m2`` what the title says, where the register has
    none or a wrong one. Neighbours share the new boundary's vertices, the ledger says ENTERED, and what imports
    observed of the missing map is resolved; the matrix of a condominium is mapped for all its units. Raises what
    ``performing`` does, AlreadyMapped, NoGround, OnlyPlainPredio, GroundShared, SurveyMissing, NoAreaTolerance,
    TitledAreaKnown, SourcesMissing beyond the tolerance, OverlapsNeighbour, GeometryRefused.
    """
    check_usable(shape)
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as work:
        (predio,) = work.units
        deed = work.deed
        units = _units_on_it(predio)
        bind_surveys(work, is_needed=True)
        around = take_ground(deed, [], reach=[shape])
        version = _version_without_map(predio)
        entered = enter_parcel(shape, neighbours=around.neighbours())
        check_overlaps(entered.parcel, {**around.neighbours(), **entered.neighbours})
        ground = ground_columns(entered.parcel, legal_srid=deed.municipality.legal_srid)
        titled = _judged(work, version, ground["legal_area_m2"], titled_area_m2)
        told = {"titled_area_m2": titled, "source_srid": source_srid}
        is_sound = _resolve(deed, units)
        replace_rows(deed, [(version, ground | told | {"is_observed": not is_sound})])
        replace_ground(deed, around, entered.neighbours)
        settle_states([version.parcel_id])
        write_ledger(
            deed,
            entered.ledger,
            opened=[version.parcel_id],
            rest=AreaLedgerLine.Kind.ENTERED,
        )
    return work.done


def _units_on_it(predio: PropertyUnit) -> list[PropertyUnit]:
    """The predio and, where it is the matrix of a condominium, the units on its ground."""
    if predio.kind == PropertyUnit.Kind.CONDOMINIUM:
        raise OnlyPlainPredio(
            "El terreno es de la matriz de la propiedad horizontal: dibújelo en ella."
        )
    others = others_on_the_ground(predio)
    if any(other.kind == PropertyUnit.Kind.WHOLE for other in others):
        raise GroundShared(
            "Otro predio tiene el mismo terreno: dé de baja, con su resolución, el que no le corresponde."
        )
    return [predio, *others]


def _version_without_map(predio: PropertyUnit) -> ParcelVersion:
    found = in_force(ParcelVersion, parcel_id=predio.parcel_id) if predio.parcel_id else []
    if not found:
        raise NoGround(
            "El catastro no sabe de qué suelo es el predio: cargue antes su ficha, o la de su matriz."
        )
    version: ParcelVersion = found[0]
    if version.geom is not None:
        raise AlreadyMapped(
            "El predio está ya en el mapa: rectifique su área, o ajuste el lindero con su vecino."
        )
    return version


def _judged(
    work: Work, version: ParcelVersion, measured: Decimal, told: Decimal | None
) -> Decimal | None:
    """What the title says, m²; beyond the tolerance further documents are asked for here."""
    if told is not None:
        check_title_seen(work, version, told)
    titled = told if told is not None else version.titled_area_m2
    if titled is None or titled <= 0:
        work.notes.append(
            "El catastro no sabe qué área dice el título: cópiela de la escritura para compararla."
        )
        return titled
    found = verdict(
        measured_m2=measured,
        titled_m2=titled,
        kind=version.kind,
        tolerance=area_tolerance_in_force(work.deed.municipality, on=work.deed.valid_from),
    )
    work.facts["verdict"] = found.plain()
    if found.is_beyond:
        ask_for_further_documents(work, because=found.lines[-1].label_es)
        work.notes.append(
            f"El título sigue diciendo {format_m2(titled)} y el terreno mide {format_m2(measured)}: "
            "tramite excedentes y diferencias."
        )
    return titled


def _resolve(deed: Deed, units: Sequence[PropertyUnit]) -> bool:
    """What imports observed of the missing map; whether nothing else is observed of the predio and its ground."""
    told: tuple[Any, ...] = ("shape",)
    sound = [resolve(deed, unit, answered(deed, unit, told)) for unit in units]
    return sound[0]

"""Incorporación de un predio: ground that no parcel had enters the register, with its key and first holders."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from cadastre.acts.required_sources import SourcesMissing
from cadastre.geometry.grid_rings import Area
from cadastre.geometry.overlap import check_overlaps
from cadastre.geometry.replace import check_usable, enter_parcel
from cadastre.models import AreaLedgerLine, Parcel, ParcelVersion, Right
from cadastre.operations.deed.filing import Deed, Filing
from cadastre.operations.deed.ground import (
    ground_columns,
    replace_ground,
    take_ground,
    write_ledger,
)
from cadastre.operations.deed.keys import new_keys
from cadastre.operations.deed.offspring import open_units
from cadastre.operations.deed.outcome import Obstacle, Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.rows import open_rows
from cadastre.operations.deed.survey import bind_surveys
from cadastre.operations.transfer_rights import Taker
from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality, Parish

VERB = "register_parcel"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGround:
    """The land: ``shape`` on the millimetre grid of EPSG:32717, URBAN or RURAL, and what else is known of it."""

    shape: Area
    kind: str
    parish: Parish | None = None
    block_code: str = ""
    address: str = ""
    land_use: str = ""
    titled_area_m2: Decimal | None = None
    source_srid: int | None = None


def register_parcel(
    *,
    municipality: Municipality,
    ground: NewGround,
    filing: Filing,
    holders: Sequence[Taker] = (),
    key: str = "",
    block_of: str = "",
) -> Outcome:
    """The outcome: one predio more; neighbours share the new boundary's vertices; the ledger says ENTERED.

    The predio bears ``key``; without it the next lot of the block that the national key ``block_of`` lies in;
    without either a provisional key. Raises what ``performing`` does, KeyTaken, SharesNotWhole,
    OverlapsNeighbour, GeometryRefused.
    """
    parish = ground.parish
    if parish is not None and parish.municipality_id != municipality.pk:
        raise NotFound("No hay tal parroquia en este municipio.")
    if any(holder.party.municipality_id != municipality.pk for holder in holders):
        raise NotFound("No hay tal titular en este municipio.")
    check_usable(ground.shape)
    with performing(VERB, municipality=municipality, units=[], filing=filing) as work:
        deed = work.deed
        bind_surveys(work)
        _check_ownership(work, holders)
        around = take_ground(deed, [], reach=[ground.shape])
        entered = enter_parcel(ground.shape, neighbours=around.neighbours())
        check_overlaps(entered.parcel, {**around.neighbours(), **entered.neighbours})
        version = _open_ground(deed, ground, entered.parcel)
        alias = new_keys(
            deed,
            block_of or None,
            1,
            given=[key] if key else (),
            parish_id=parish.pk if parish is not None else None,
        )
        work.made = open_units(deed, [version], alias)
        open_rows(
            [
                Right(
                    unit=work.made[0],
                    party=holder.party,
                    kind=holder.kind,
                    share_numerator=holder.share.numerator if holder.share else None,
                    share_denominator=holder.share.denominator if holder.share else None,
                    **deed.opened(),
                )
                for holder in holders
            ]
        )
        if not holders:
            work.notes.append("El predio entra sin titular: regístrelo cuando lo conozca.")
        replace_ground(deed, around, entered.neighbours)
        write_ledger(
            deed,
            entered.ledger,
            opened=[version.parcel_id],
            rest=AreaLedgerLine.Kind.ENTERED,
        )
    return work.done


def _check_ownership(work: Work, holders: Sequence[Taker]) -> None:
    """Dominio enters with its title only; SourcesMissing, or an obstacle in a dry run."""
    needed = work.deed.law.ownership_needs
    if work.deed.evidence.kinds & set(needed) or all(
        h.kind != Right.Kind.OWNERSHIP for h in holders
    ):
        return
    missing = SourcesMissing(
        "El dominio entra con su título inscrito, la resolución o la sentencia: sin él, registre la posesión.",
        details={"missing": [list(needed)]},
    )
    if not work.deed.filing.dry_run:
        raise missing
    work.obstacles.append(Obstacle(missing.code, missing.message))


def _open_ground(deed: Deed, ground: NewGround, shape: Area) -> ParcelVersion:
    parcel = Parcel.objects.create(id=uuid4(), municipality=deed.municipality)
    (version,) = open_rows(
        [
            ParcelVersion(
                parcel=parcel,
                parish=ground.parish,
                kind=ground.kind,
                block_code=ground.block_code,
                address=ground.address,
                land_use=ground.land_use,
                titled_area_m2=ground.titled_area_m2,
                source_srid=ground.source_srid,
                **ground_columns(shape, legal_srid=deed.municipality.legal_srid),
                **deed.opened(),
            )
        ]
    )
    return version

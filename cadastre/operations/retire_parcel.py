"""Baja de un predio: it leaves the register for a reason, with its ground, and nobody follows it."""

from collections.abc import Sequence

from django.db import transaction

from cadastre.geometry.exact_area import twice_area_mm2
from cadastre.geometry.ledger import ledger
from cadastre.models import (
    AreaLedgerLine,
    BuildingVersion,
    ComplementaryWork,
    Ficha,
    HouseholdRecord,
    ParcelVersion,
    PropertyUnit,
    Responsibility,
    Restriction,
    Right,
)
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.ground import replace_ground, take_ground, write_ledger
from cadastre.operations.deed.locks import lock_twins, touch_units
from cadastre.operations.deed.mend import end_overlaps, resolve_all, settle_states
from cadastre.operations.deed.offspring import carry_floors, in_force, retire
from cadastre.operations.deed.outcome import Obstacle, Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.rows import end_rows, replace_rows
from cadastre.operations.split_parcel import check_not_condominium, others_on_the_ground
from gis_project.core.errors import Conflict

VERB = "retire_parcel"
_OF_UNIT = (Right, Restriction, Responsibility, Ficha, HouseholdRecord)
_OF_PARCEL = (ParcelVersion, BuildingVersion, ComplementaryWork)


class RightsStand(Conflict):
    """Burdens, or rights of others than its holders, still stand on the predio: lift them, or bring the court order."""

    code = "rights_stand"


def retire_parcel(*, unit: PropertyUnit, filing: Filing) -> Outcome:
    """The outcome: the predio retired for the filing's reason; its ground leaves the register (LEFT).

    A predio without map leaves without a ledger; of two on one ground the other one keeps it, with what is built
    there. Raises what ``performing`` does, RightsStand unless a court orders it, OnlyPlainPredio.
    """
    with transaction.atomic():
        lock_twins(unit)
        with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as work:
            _leave(work)
    return work.done


def _leave(work: Work) -> None:
    (predio,) = work.units
    check_not_condominium(predio)
    _check_free(work, predio)
    others = others_on_the_ground(predio)
    if others:
        _leave_the_ground(work, predio, others)
    else:
        _take_off_the_map(work, predio)
    for model in _OF_UNIT:
        end_rows(work.deed, in_force(model, unit=predio))
    retire(work.deed, [predio])


def _take_off_the_map(work: Work, predio: PropertyUnit) -> None:
    deed = work.deed
    parcels = [predio.parcel_id] if predio.parcel_id is not None else []
    versions = in_force(ParcelVersion, parcel_id__in=parcels)
    if any(version.geom is not None for version in versions):
        ground = take_ground(deed, parcels)
        ((parcel, shape),) = ground.own_shapes().items()
        mended = end_overlaps(deed, ground, {parcel: None}) - {parcel}
        replace_ground(deed, ground, {}, mended=mended)
        settle_states(mended)
        lines = ledger(closed={parcel: twice_area_mm2(shape)}, changed={})
        write_ledger(deed, lines, rest=AreaLedgerLine.Kind.LEFT)
    resolve_all(deed, units=[predio.pk], parcels=parcels)
    for model in _OF_PARCEL:
        end_rows(deed, in_force(model, parcel_id__in=parcels))


def _leave_the_ground(work: Work, predio: PropertyUnit, others: Sequence[PropertyUnit]) -> None:
    """The ground stays with the others; what was told to be built by this predio is the first one's."""
    deed, first = work.deed, others[0]
    buildings = in_force(BuildingVersion, parcel_id=predio.parcel_id, unit=predio)
    carry_floors(
        deed, buildings, replace_rows(deed, [(one, {"unit_id": first.pk}) for one in buildings])
    )
    if buildings:
        touch_units([first])
    resolve_all(deed, units=[predio.pk], parcels=[])
    settle_states([one for one in [predio.parcel_id] if one is not None])
    work.notes.append("El terreno queda con el otro predio que lo tiene: revise su ficha.")


def _check_free(work: Work, predio: PropertyUnit) -> None:
    if "COURT_ORDER" in work.deed.evidence.kinds:
        return
    standing = [
        row.get_kind_display()
        for model in (Restriction, Responsibility)
        for row in in_force(model, unit=predio)
    ]
    rights = in_force(Right, unit=predio)
    standing += [right.get_kind_display() for right in _of_others(rights)]
    if not standing:
        return
    message = (
        f"Sobre el predio pesa todavía: {', '.join(dict.fromkeys(standing))}. Levántelo antes, o traiga "
        "la orden judicial."
    )
    if not work.deed.filing.dry_run:
        raise RightsStand(message)
    work.obstacles.append(Obstacle(RightsStand.code, message))


def _of_others(rights: Sequence[Right]) -> list[Right]:
    """Rights of whoever is not an owner; without owners, usufructs of whoever holds nothing else."""
    owners = {right.party_id for right in rights if right.kind == Right.Kind.OWNERSHIP}
    if not owners:
        owners = {right.party_id for right in rights if right.kind != Right.Kind.USUFRUCT}
    return [right for right in rights if right.party_id not in owners]

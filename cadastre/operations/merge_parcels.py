"""Integración o unificación de lotes (COOTAD 470, 483): several predios of the same holders become one."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from cadastre.ficha.inherited import inherited, told_left_behind
from cadastre.geometry.merge import merge
from cadastre.models import (
    Ficha,
    HouseholdRecord,
    ParcelVersion,
    PropertyUnit,
    Right,
)
from cadastre.operations.deed.burdens import unite_burdens
from cadastre.operations.deed.filing import Deed, Filing
from cadastre.operations.deed.ground import (
    draw_lineage,
    open_parcels,
    replace_ground,
    take_ground,
    write_ledger,
)
from cadastre.operations.deed.keys import new_keys, principal_key
from cadastre.operations.deed.offspring import in_force, move_buildings, open_units, retire
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.rows import end_rows, open_rows, successor
from cadastre.operations.deed.survey import bind_surveys
from cadastre.operations.split_parcel import check_plain
from gis_project.core.errors import InvalidInput

VERB = "merge_parcels"


class HoldersDiffer(InvalidInput):
    """Only predios of the same holders, with the same shares, are united: transfer rights first."""

    code = "holders_differ"


def merge_parcels(
    *, units: Sequence[PropertyUnit], filing: Filing, key: str = "", allow_parts: bool = False
) -> Outcome:
    """The outcome: the predios retired, one in their place that measures exactly what they did together.

    The new predio is described like the largest, and bears ``key`` (one of theirs may stay) or the next lot of its
    block. Burdens are kept, and each that lay on some of the parts only says so. ``allow_parts`` unites predios that
    do not touch, declared as one. Raises what ``performing`` does, HoldersDiffer, OnlyPlainPredio, GeometryRefused.
    """
    asked = list({unit.pk: unit for unit in units}.values())
    municipality = asked[0].municipality
    with performing(VERB, municipality=municipality, units=asked, filing=filing) as work:
        deed = work.deed
        for predio in work.units:
            check_plain(predio)
        check_same_holders(work.units)
        bind_surveys(work)
        parcels = [predio.parcel_id for predio in work.units]
        ground = take_ground(deed, parcels)
        members = [parcel for parcel in parcels if parcel is not None]
        merged = merge(
            {parcel: ground.shapes[parcel] for parcel in members},
            neighbours=ground.neighbours(),
            allow_parts=allow_parts,
        )
        versions = [ground.own[parcel] for parcel in members]
        largest = max(range(len(versions)), key=lambda n: ground.shapes[members[n]].area)
        first_key = principal_key(work.units[largest])
        (alias,) = new_keys(
            deed,
            first_key.text if first_key else None,
            1,
            given=[key] if key else (),
            parish_id=versions[largest].parish_id,
            of=work.units,
        )
        keys = {predio.pk: principal_key(predio) for predio in work.units}
        retire(deed, work.units)
        end_rows(deed, versions)
        titled = _titled(versions)
        (version,) = open_parcels(
            deed, [merged.merged], like=versions[largest], titled_area_m2=titled
        )
        (child,) = work.made = open_units(deed, [version], [alias])
        _hand_together(work, child, work.units[largest])
        unite_burdens(work, child, {pk: found.text if found else "" for pk, found in keys.items()})
        move_buildings(deed, members, version.parcel_id, child.pk)
        replace_ground(deed, ground, merged.neighbours)
        draw_lineage(deed, members, [version.parcel_id])
        write_ledger(deed, merged.ledger, opened=[version.parcel_id])
        _note_differences(work, versions)
    return work.done


def check_same_holders(units: Sequence[PropertyUnit]) -> None:
    """Raise HoldersDiffer unless all predios have the same parties, tenures and shares."""
    held = [holdings_of(unit.pk) for unit in units]
    for unit, holdings in zip(units[1:], held[1:], strict=True):
        if holdings != held[0]:
            raise HoldersDiffer(
                f"El predio {unit.number or ''} no tiene los mismos titulares con las mismas cuotas que "
                "los demás: registre antes la transferencia.".replace("  ", " "),
                details={"unit": str(unit.pk)},
            )


def holdings_of(unit: UUID) -> Counter[tuple[str, UUID, Fraction | None]]:
    """Tenure, party and share of each right in force on a predio, as known now; None for an undetermined share."""
    return Counter(
        (
            right.kind,
            right.party_id,
            Fraction(right.share_numerator, right.share_denominator)
            if right.share_numerator is not None
            else None,
        )
        for right in in_force(Right, unit=unit)
    )


def _hand_together(work: Work, child: PropertyUnit, largest: PropertyUnit) -> None:
    """Rights of the largest for the new predio, and of its ficha what was not measured there; everybody's end."""
    deed: Deed = work.deed
    ids = [predio.pk for predio in work.units]
    rights, fichas = in_force(Right, unit__in=ids), in_force(Ficha, unit__in=ids)
    end_rows(deed, rights)
    end_rows(deed, fichas)
    open_rows(
        [successor(deed, row, unit_id=child.pk) for row in rights if row.unit_id == largest.pk]
    )
    kept = [row for row in fichas if row.unit_id == largest.pk]
    open_rows(
        [successor(deed, row, unit_id=child.pk, answers=inherited(row.answers)) for row in kept]
    )
    if len(fichas) > 1:
        work.notes.append("La ficha es la del lote mayor: revísela.")
    work.notes += told_left_behind(row.answers for row in fichas)
    end_rows(deed, in_force(HouseholdRecord, unit__in=ids))


def _titled(versions: Sequence[ParcelVersion]) -> Decimal | None:
    """What the titles say together, if every one says something."""
    told = [version.titled_area_m2 for version in versions]
    return None if None in told else sum((area for area in told if area is not None), Decimal(0))


def _note_differences(work: Work, versions: Sequence[ParcelVersion]) -> None:
    if len({version.kind for version in versions}) > 1:
        work.notes.append("Se unen suelo urbano y rural: el predio queda con la clase del mayor.")
    if len({version.parish_id for version in versions}) > 1:
        work.notes.append("Los lotes son de parroquias distintas: el predio queda en la del mayor.")

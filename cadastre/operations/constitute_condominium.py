"""Declaratoria de propiedad horizontal: a predio becomes the matrix of units, each with its alícuota and its key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from cadastre.acts.aliquots import check_aliquots
from cadastre.keys.any_key import KeyKind, classify
from cadastre.keys.cadastral_key import CadastralKey
from cadastre.models import (
    HouseholdRecord,
    KeyAlias,
    PropertyUnit,
    Responsibility,
    Restriction,
    Right,
)
from cadastre.operations.deed.filing import Deed, Filing
from cadastre.operations.deed.given_keys import check_never_borne
from cadastre.operations.deed.ground import NoGround
from cadastre.operations.deed.keys import alias, principal_key
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.private_areas import PrivateArea, share_out
from cadastre.operations.deed.rows import end_rows, open_rows, successor
from cadastre.operations.split_parcel import KeysDoNotFit, check_plain
from cadastre.operations.transfer_rights import Taker
from gis_project.core.errors import InvalidInput, NotFound

VERB = "constitute_condominium"


class TooFewUnits(InvalidInput):
    """A condominium has two units or more: give the whole table of the declaratoria."""

    code = "too_few_units"


class HoldersNotOfMatrix(InvalidInput):
    """The declaratoria transfers nothing: its units go to the owners of the predio; transfer them afterwards."""

    code = "holders_not_of_matrix"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A row of the declaratoria's table.

    ``tower``, ``floor`` and ``unit`` complete the matrix's key unless ``key`` is given. ``private_m2`` is the
    built area that is its own, of ``building`` where several stand there. ``holders``: which owners of the
    matrix have it from the first day; empty, all of them with their shares.
    """

    aliquot: Decimal
    tower: int = 0
    floor: int = 0
    unit: int = 0
    key: str = ""
    private_m2: Decimal | None = None
    building: UUID | None = None
    use: str = ""
    holders: Sequence[Taker] = ()


def constitute_condominium(
    *, unit: PropertyUnit, units: Sequence[NewUnit], filing: Filing
) -> Outcome:
    """The outcome: the predio is the matrix, no longer taxed itself; a predio per row bears rights and burdens.

    The matrix keeps its key, ground and ficha. Raises what ``performing`` does, AliquotsNotWhole, TooFewUnits,
    KeysDoNotFit, PrivateAreasUnfit, OnlyPlainPredio, NoGround, HoldersNotOfMatrix.
    """
    if len(units) < 2:
        raise TooFewUnits("Una propiedad horizontal tiene dos unidades o más: dé toda la tabla.")
    check_aliquots([row.aliquot for row in units])
    parties = [holder.party for row in units for holder in row.holders]
    if any(party.municipality_id != unit.municipality_id for party in parties):
        raise NotFound("No hay tal titular en este municipio.")
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as work:
        (matrix,) = work.units
        check_plain(matrix)
        if matrix.parcel_id is None:
            raise NoGround("El predio no tiene terreno en el catastro: incorpórelo primero.")
        aliases = _keys(work.deed, matrix, units)
        work.made = _open_units(work.deed, matrix, units, aliases)
        _give_rights(work, matrix, units)
        _hand_burdens(work, matrix)
        areas = [
            PrivateArea(made.pk, row.private_m2, row.building, row.use)
            for made, row in zip(work.made, units, strict=True)
            if row.private_m2 is not None
        ]
        work.notes += share_out(work.deed, matrix.parcel_id, areas)
        end_rows(work.deed, in_force(HouseholdRecord, unit=matrix))
        PropertyUnit.objects.filter(pk=matrix.pk).update(is_taxable=False)
        work.facts["units"] = [
            {"key": key.text, "aliquot": str(row.aliquot)}
            for key, row in zip(aliases, units, strict=True)
        ]
    return work.done


def _keys(deed: Deed, matrix: PropertyUnit, units: Sequence[NewUnit]) -> list[KeyAlias]:
    bears = principal_key(matrix)
    root = classify(bears.text).national if bears else None
    texts = [row.key or _composed(root, row) for row in units]
    found = [classify(text) for text in texts]
    if len({known.normalised for known in found}) < len(texts):
        raise KeysDoNotFit("Dos unidades tendrían la misma clave: revise torre, piso y unidad.")
    for known in found:
        plain = known.national is not None and not known.national.is_condominium
        if plain or known.kind in (KeyKind.EMPTY, KeyKind.DAMAGED, KeyKind.UNIT_NUMBER):
            raise KeysDoNotFit("La clave de cada unidad lleva torre, piso y unidad.")
    check_never_borne(deed, [known.normalised for known in found])
    return [alias(deed, text) for text in texts]


def _composed(root: CadastralKey | None, row: NewUnit) -> str:
    if root is None:
        raise KeysDoNotFit("La matriz no tiene clave nacional: indique la clave de cada unidad.")
    if not (0 <= row.tower <= 999 and 0 <= row.floor <= 99 and 1 <= row.unit <= 999):
        raise KeysDoNotFit("La torre va de 0 a 999, el piso de 0 a 99 y la unidad de 1 a 999.")
    parts = {"tower": f"{row.tower:03d}", "floor": f"{row.floor:02d}", "unit": f"{row.unit:03d}"}
    return replace(root.matrix, **parts).digits


def _open_units(
    deed: Deed, matrix: PropertyUnit, units: Sequence[NewUnit], aliases: Sequence[KeyAlias]
) -> list[PropertyUnit]:
    made = PropertyUnit.objects.bulk_create(
        PropertyUnit(
            municipality=deed.municipality,
            parcel_id=matrix.parcel_id,
            kind=PropertyUnit.Kind.CONDOMINIUM,
            aliquot=row.aliquot,
            opened_by=deed.operation,
        )
        for row in units
    )
    for unit, key in zip(made, aliases, strict=True):
        key.unit = unit
    open_rows(aliases)
    return list(made)


def _give_rights(work: Work, matrix: PropertyUnit, units: Sequence[NewUnit]) -> None:
    deed = work.deed
    held = in_force(Right, unit=matrix)
    _check_holders(held, units)
    end_rows(deed, held)
    rights: list[Right] = []
    for made, row in zip(work.made, units, strict=True):
        rights += [
            successor(deed, right, unit_id=made.pk)
            for right in held
            if not row.holders or right.kind != Right.Kind.OWNERSHIP
        ]
        rights += [
            Right(
                unit=made,
                party=holder.party,
                kind=holder.kind,
                share_numerator=holder.share.numerator if holder.share else None,
                share_denominator=holder.share.denominator if holder.share else None,
                **deed.opened(),
            )
            for holder in row.holders
        ]
    open_rows(rights)
    if not rights:
        work.notes.append("Las unidades entran sin titular: regístrelo cuando lo conozca.")


def _check_holders(held: Sequence[Right], units: Sequence[NewUnit]) -> None:
    """Only owners of the matrix, as owners, and none of them left without any unit."""
    if not any(row.holders for row in units):
        return
    owners = {right.party_id for right in held if right.kind == Right.Kind.OWNERSHIP}
    told = [holder for row in units for holder in row.holders]
    if any(h.kind != Right.Kind.OWNERSHIP or h.party.pk not in owners for h in told):
        raise HoldersNotOfMatrix(
            "Las unidades se asignan solo a quienes tienen hoy el dominio del predio, en dominio: declare la "
            "propiedad horizontal así y transfiera después la unidad con su escritura."
        )
    if all(row.holders for row in units) and {holder.party.pk for holder in told} != owners:
        raise HoldersNotOfMatrix(
            "Un dueño del predio quedaría sin ninguna unidad: asígnele la suya, y transfiérala después "
            "con su escritura."
        )


def _hand_burdens(work: Work, matrix: PropertyUnit) -> None:
    """Every burden of the matrix lies on each unit from then on, as one."""
    for model in (Restriction, Responsibility):
        rows = in_force(model, unit=matrix)
        end_rows(work.deed, rows)
        open_rows(
            [successor(work.deed, row, unit_id=made.pk) for made in work.made for row in rows]
        )
        if rows:
            work.notes.append("Los gravámenes y obligaciones de la matriz pasan a cada unidad.")
    work.notes[:] = list(dict.fromkeys(work.notes))

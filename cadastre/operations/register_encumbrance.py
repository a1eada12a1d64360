"""Inscripción de un gravamen o una obligación: what binds one or more predios besides their holders' rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from cadastre.models import Party, PropertyUnit, Responsibility, Restriction
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.inscription_once import given_twice
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.rows import open_rows
from gis_project.core.errors import InvalidInput, NotFound

VERB = "register_encumbrance"


class EncumbranceUnfit(InvalidInput):
    """The burden's data contradict its kind: an amount is positive and of a gravamen, a rank of a mortgage."""

    code = "encumbrance_unfit"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEncumbrance:
    """``kind`` of Restriction or of Responsibility; ``amount`` USD; ``rank`` of a mortgage (1 is the first)."""

    kind: str
    description: str = ""
    beneficiary: Party | None = None
    amount: Decimal | None = None
    rank: int | None = None


def register_encumbrance(
    *, units: Sequence[PropertyUnit], encumbrance: NewEncumbrance, filing: Filing
) -> Outcome:
    """The outcome: one burden, with one identity, on every predio named; ``facts["encumbrance"]`` is its id.

    It has no end until it is lifted. Raises what ``performing`` does, EncumbranceUnfit.
    """
    asked = list({unit.pk: unit for unit in units}.values())
    _check_fit(encumbrance)
    town = asked[0].municipality
    if encumbrance.beneficiary and encumbrance.beneficiary.municipality_id != town.pk:
        raise NotFound("No hay tal titular en este municipio.")
    with performing(VERB, municipality=town, units=asked, filing=filing) as work:
        identity = uuid4()
        common = {
            "encumbrance_id": identity,
            "kind": encumbrance.kind,
            "beneficiary": encumbrance.beneficiary,
            "description": encumbrance.description.strip(),
            **work.deed.opened(),
        }
        _note_doubts(work, encumbrance)
        work.obstacles += given_twice(work.deed, _alike(work, encumbrance))
        if encumbrance.kind in Responsibility.Kind.values:
            open_rows([Responsibility(unit=predio, **common) for predio in work.units])
        else:
            amounts = {"amount": encumbrance.amount, "rank": encumbrance.rank}
            open_rows([Restriction(unit=predio, **common, **amounts) for predio in work.units])
        work.facts["encumbrance"] = str(identity)
    return work.done


def _check_fit(told: NewEncumbrance) -> None:
    is_restriction = told.kind in Restriction.Kind.values
    if not is_restriction and told.kind not in Responsibility.Kind.values:
        known = (*Restriction.Kind.choices, *Responsibility.Kind.choices)
        listed = ", ".join(f"{code} ({name})" for code, name in known)
        raise EncumbranceUnfit(f"No hay tal clase de gravamen ni de obligación: use {listed}.")
    if told.amount is not None and (not is_restriction or told.amount <= 0):
        raise EncumbranceUnfit("El monto es mayor que 0 y solo de un gravamen.")
    if told.rank is not None and (told.kind != Restriction.Kind.MORTGAGE or told.rank < 1):
        raise EncumbranceUnfit("El grado es desde 1 y solo de una hipoteca.")


def _alike(work: Work, told: NewEncumbrance) -> list[Restriction | Responsibility]:
    """The burdens of this kind in force on the predios."""
    model = Responsibility if told.kind in Responsibility.Kind.values else Restriction
    units = [predio.pk for predio in work.units]
    return in_force(model, unit__in=units, kind=told.kind)


def _note_doubts(work: Work, told: NewEncumbrance) -> None:
    standing = in_force(Restriction, unit__in=[predio.pk for predio in work.units])
    if told.kind == Restriction.Kind.MORTGAGE:
        if told.beneficiary is None:
            work.notes.append("La hipoteca queda sin acreedor: regístrelo cuando lo conozca.")
        if told.rank and any(row.rank == told.rank for row in standing):
            work.notes.append(
                f"El predio tiene ya una hipoteca de grado {told.rank}: revise el grado."
            )
    if any(row.kind == Restriction.Kind.SALE_BAN for row in standing):
        work.notes.append("Sobre el predio pesa una prohibición de enajenar.")

"""Cancelación de un gravamen o una obligación: it binds no longer from a day on; that it did stays known."""

from uuid import UUID

from cadastre.models import PropertyUnit, Responsibility, Restriction
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import performing
from cadastre.operations.deed.rows import RegisterMovedOn, end_rows
from gis_project.core.errors import NotFound

VERB = "lift_encumbrance"


class EncumbranceNotFound(NotFound):
    """No such burden is in force on the predio: look at its gravámenes."""

    code = "encumbrance_not_found"


def lift_encumbrance(
    *, unit: PropertyUnit, encumbrance: UUID, filing: Filing, everywhere: bool = False
) -> Outcome:
    """The outcome: the burden ends on the predio, or on every predio that bears it (after a split, several).

    Raises what ``performing`` does, EncumbranceNotFound.
    """
    bearing = _bearing(unit.municipality_id, encumbrance)
    if unit.pk not in {row.unit_id for row in bearing}:
        raise EncumbranceNotFound("El predio no tiene vigente ese gravamen: revise cuáles tiene.")
    units = [unit]
    if everywhere:
        others = {row.unit_id for row in bearing} - {unit.pk}
        units += PropertyUnit.objects.filter(
            municipality_id=unit.municipality_id, pk__in=others
        ).order_by("pk")
    with performing(VERB, municipality=unit.municipality, units=units, filing=filing) as work:
        now = _bearing(unit.municipality_id, encumbrance)
        locked = {predio.pk for predio in work.units}
        ended = [row for row in now if row.unit_id in locked]
        left = len({row.unit_id for row in now} - locked)
        if not ended or (everywhere and left):
            raise RegisterMovedOn(
                "Otra persona cambió el predio mientras tanto: vuelva a abrirlo y revise la diferencia."
            )
        for model in (Restriction, Responsibility):
            end_rows(work.deed, [row for row in ended if isinstance(row, model)])
        if left:
            work.notes.append(f"Sigue sobre otros predios ({left}): cancélelo también en ellos.")
    return work.done


def _bearing(municipality: int, encumbrance: UUID) -> list[Restriction | Responsibility]:
    return [
        row
        for model in (Restriction, Responsibility)
        for row in in_force(model, municipality_id=municipality, encumbrance_id=encumbrance)
    ]

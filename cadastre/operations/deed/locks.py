"""Who waits for whom: predios first, in the order of their ids; then the ground, cell by cell (``ground``)."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from cadastre.models import PropertyUnit
from cadastre.operations.deed.rows import RegisterMovedOn
from gis_project.core.errors import Conflict, NotFound
from gis_project.territory.models import Municipality
from gis_project.territory.scoped_postgis.prepared import run_prepared

_SQL = Path(__file__).parent / "sql"
_LOCK_UNITS = (_SQL / "lock_units.sql").read_text(encoding="utf-8")
_LOCK_TWINS = (_SQL / "lock_twins.sql").read_text(encoding="utf-8")


class PredioRetired(Conflict):
    """The predio was retired: act on those that came out of it (see its lineage)."""

    code = "predio_retired"


class PredioObserved(Conflict):
    """The predio is observed: make first the act that mends what its observations say (see its page of acts)."""

    code = "predio_observed"


def lock_units(
    municipality: Municipality,
    units: Sequence[PropertyUnit],
    *,
    revisions: Mapping[UUID, int],
    mends_observed: bool,
) -> list[PropertyUnit]:
    """The predios as they are once no other act holds them, in the order asked, one revision further.

    RegisterMovedOn when one is no longer at the revision the person worked on; PredioRetired,
    PredioObserved; NotFound for a predio of another municipality.
    """
    if not units:  # the statement that locks them says it for an act that has some
        run_prepared("SET LOCAL plan_cache_mode = force_generic_plan")
        return []
    found: dict[UUID, PropertyUnit] = {}
    asked = {"town": municipality.pk, "units": [unit.pk for unit in units]}
    states = {row[0]: row[1:] for row in run_prepared(_LOCK_UNITS, asked)}
    for unit in units:
        if unit.pk not in states:
            raise NotFound("No hay tal predio en este municipio.")
        state, parcel_id, kind, is_taxable, number, aliquot, revision, _ = states[unit.pk]
        _check(unit.pk, state, revision, revisions, mends_observed=mends_observed)
        found[unit.pk] = PropertyUnit(
            pk=unit.pk,
            municipality=municipality,
            parcel_id=parcel_id,
            kind=kind,
            state=state,
            number=number,
            aliquot=aliquot,
            is_taxable=is_taxable,
            revision=revision,
            opened_by_id=unit.opened_by_id,
            created_at=unit.created_at,
        )
    return [found[unit.pk] for unit in units]


def lock_twins(unit: PropertyUnit) -> None:
    """Hold the predio and all others on its parcel: who stays on the ground is then settled.

    Before ``performing``, whose lock on the predio alone would come out of order.
    """
    run_prepared(_LOCK_TWINS, {"unit": unit.pk})


def touch_units(units: Sequence[PropertyUnit], *, retired: Collection[UUID] = ()) -> None:
    """One revision further: whoever worked on what these predios were is told so. Those ``retired`` go out of force."""
    run_prepared(
        "UPDATE cadastre_propertyunit SET revision = revision + 1,"
        " state = CASE WHEN id = ANY(%s::uuid[]) THEN 'RETIRED' ELSE state END WHERE id = ANY(%s::uuid[])",
        [list(retired), [unit.pk for unit in units]],
    )


def _check(
    unit_id: UUID, state: str, revision: int, revisions: Mapping[UUID, int], *, mends_observed: bool
) -> None:
    worked_on = revisions.get(unit_id)
    if worked_on is not None and worked_on != revision:
        raise RegisterMovedOn(
            "Otra persona cambió el predio mientras tanto: vuelva a abrirlo y revise la diferencia.",
            details={"unit": str(unit_id), "worked_on": worked_on, "revision": revision},
        )
    if state == PropertyUnit.State.RETIRED:
        raise PredioRetired(
            "El predio fue dado de baja: trabaje con los que salieron de él (vea su filiación).",
            details={"unit": str(unit_id)},
        )
    if state == PropertyUnit.State.OBSERVED and not mends_observed:
        raise PredioObserved(
            "El predio está observado: haga primero, en «Actos del predio», el que corrige lo que dicen sus "
            "observaciones.",
            details={"unit": str(unit_id)},
        )

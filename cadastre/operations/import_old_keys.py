"""What becomes of a principal key that an import replaces: principal until that day, an alias from it on."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from cadastre.operations.import_act import ImportAct, run_sql


def replace_principal_keys(units: Sequence[UUID], act: ImportAct) -> dict[UUID, date]:
    """Close the principal keys of these units; returns from which day on each new one is principal.

    That day is the act's, never before the old key's beginning; of a correction it is that beginning.
    """
    of_act = {"operation": act.operation.pk, "now": act.recorded_at}
    replaced = run_sql("import_demote_keys", **of_act, units=list(units))
    since = {
        unit: begun if act.is_correction else max(begun, act.valid_from)
        for _, unit, begun in replaced
    }
    run_sql(
        "import_keep_old_keys",
        **of_act,
        keys=[key for key, _, _ in replaced],
        since=[since[unit] for _, unit, _ in replaced],
    )
    return since

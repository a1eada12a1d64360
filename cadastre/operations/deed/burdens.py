"""The burdens of predios that become one: all are kept, and each says on which part it lay."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cadastre.models import PropertyUnit, Responsibility, Restriction
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.perform import Work
from cadastre.operations.deed.rows import end_rows, open_rows, successor

_LONGEST = 500


def unite_burdens(work: Work, child: PropertyUnit, keys: Mapping[UUID, str]) -> None:
    """Restrictions and responsibilities of ``work.units``, each once, on the new predio; theirs end.

    ``keys`` tells how each predio was called. A burden of one identity that says the same on every predio (they
    were one before) binds the whole; any other gets a description of the parts it lay on, told as note and fact too.
    """
    everywhere = {unit.pk for unit in work.units}
    told = []
    for model in (Restriction, Responsibility):
        rows = in_force(model, unit__in=list(everywhere))
        end_rows(work.deed, rows)
        alike: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for row in rows:
            alike[_content(row)].append(row)
        united = []
        for same in alike.values():
            row, parts = same[0], {each.unit_id for each in same}
            changes: dict[str, Any] = {"unit_id": child.pk}
            if parts != everywhere:
                where = ", ".join(keys[part] or "sin clave" for part in sorted(parts, key=str))
                changes["description"] = _told(row.description, where, len(parts), work)
                work.notes.append(f"{row.get_kind_display().capitalize()}: solo sobre {where}.")
                told.append(
                    {"encumbrance": str(row.encumbrance_id), "parts": sorted(map(str, parts))}
                )
            united.append(successor(work.deed, row, **changes))
        open_rows(united)
    if told:
        work.facts["burdens_on_parts"] = told


def _content(row: Restriction | Responsibility) -> tuple[Any, ...]:
    amounts = (row.amount, row.rank) if isinstance(row, Restriction) else ()
    return (row.encumbrance_id, row.kind, row.beneficiary_id, row.description, *amounts)


def _told(description: str, where: str, count: int, work: Work) -> str:
    """The longest description that fits; the act's facts always tell the parts."""
    texts = (
        f"{description} [solo sobre lo que fue {where}]",
        f"{description} [solo sobre {count} de los lotes unidos, ver acto {work.deed.operation.pk}]",
    )
    return next((text.strip() for text in texts if len(text.strip()) <= _LONGEST), description)

"""Corrección de una obra complementaria: what the register says of it was not so, or is so no longer."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from cadastre.models import ComplementaryWork, PropertyUnit
from cadastre.operations.correct_attributes import NothingToCorrect
from cadastre.operations.deed.complementary_works import (
    ComplementaryWorkUnfit,
    NewWork,
    check_work,
    work_among,
    works_on,
)
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import performing
from cadastre.operations.deed.rows import correct_rows, replace_rows
from cadastre.operations.deed.stretch import rewritten_since, stretch

VERB = "correct_complementary_work"
CHANGES = tuple(NewWork.__dataclass_fields__)


def correct_complementary_work(
    *,
    unit: PropertyUnit,
    work: UUID,
    changes: Mapping[str, Any],
    was_always_so: bool,
    filing: Filing,
) -> Outcome:
    """The outcome; ``facts["changes"]`` lists what was said before and is said now.

    ``changes`` are fields of NewWork. ``was_always_so`` writes anew every stretch of time, back from now, in which
    the register said the same wrong thing of it on this ground. Raises what ``performing`` does,
    ComplementaryWorkNotFound, ComplementaryWorkUnfit, NothingToCorrect, OnlyPlainPredio.
    """
    unknown = sorted(set(changes) - set(CHANGES))
    if unknown:
        raise ComplementaryWorkUnfit(
            f"«{unknown[0][:30]}» no es de una obra: use {', '.join(CHANGES)}."
        )
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as deed_work:
        (predio,) = deed_work.units
        row = work_among(works_on(predio), work)
        before = NewWork(**{name: getattr(row, name) for name in CHANGES})
        after = replace(before, **changes)
        new = {
            name: getattr(after, name)
            for name in CHANGES
            if getattr(after, name) != getattr(before, name)
        }
        if not new:
            raise NothingToCorrect("El catastro ya lo dice así: indique qué debe decir.")
        check_work(deed_work, after, new)
        if was_always_so:
            history = ComplementaryWork._default_manager.filter(
                work_id=work, parcel_id=row.parcel_id, recorded__upper_inf=True
            )
            same = stretch(
                row,
                history,
                lambda other: all(getattr(other, name) == getattr(before, name) for name in new),
            )
            deed_work.notes.append(rewritten_since(same))
            correct_rows(deed_work.deed, [(one, new) for one in same])
        else:
            replace_rows(deed_work.deed, [(row, new)])
        deed_work.facts["work"] = str(work)
        deed_work.facts["changes"] = [
            {
                "what": f"work.{name}",
                "before": _plain(getattr(before, name)),
                "after": _plain(value),
            }
            for name, value in new.items()
        ]
    return deed_work.done


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value

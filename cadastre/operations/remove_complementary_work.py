"""Baja de una obra complementaria: it is there no longer from a day on; that it was stays known."""

from uuid import UUID

from cadastre.models import PropertyUnit
from cadastre.operations.deed.complementary_works import work_among, works_on
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import performing
from cadastre.operations.deed.rows import end_rows

VERB = "remove_complementary_work"


def remove_complementary_work(*, unit: PropertyUnit, work: UUID, filing: Filing) -> Outcome:
    """The outcome: the work ends on the act's day.

    Raises what ``performing`` does, ComplementaryWorkNotFound, OutOfOrder for one that began later, OnlyPlainPredio.
    """
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as deed_work:
        (predio,) = deed_work.units
        found = work_among(works_on(predio), work)
        end_rows(deed_work.deed, [found])
        deed_work.facts["work"] = str(work)
        deed_work.facts["changes"] = [{"what": "work.kind", "before": found.kind, "after": None}]
    return deed_work.done

"""Incorporación de una obra complementaria: a wall, a pool, a cistern or a greenhouse on a predio's ground."""

from dataclasses import asdict
from uuid import uuid4

from cadastre.models import ComplementaryWork, PropertyUnit
from cadastre.operations.deed.buildings import ground_of
from cadastre.operations.deed.complementary_works import NewWork, check_work, works_on
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import performing
from cadastre.operations.deed.rows import open_rows

VERB = "add_complementary_work"


def add_complementary_work(*, unit: PropertyUnit, work: NewWork, filing: Filing) -> Outcome:
    """The outcome; ``facts["work"]`` is its id. On the matrix of a condominium it is common to all units.

    Raises what ``performing`` does, ComplementaryWorkUnfit, NoGround, OnlyPlainPredio.
    """
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as deed_work:
        (predio,) = deed_work.units
        there = works_on(predio)
        ground = ground_of(predio)
        told = asdict(work)
        check_work(deed_work, work, told)
        if any(row.kind == work.kind for row in there):
            deed_work.notes.append(
                "El predio tiene ya una obra de esa clase: revise que no sea la misma."
            )
        (made,) = open_rows(
            [
                ComplementaryWork(
                    work_id=uuid4(), parcel_id=ground.parcel_id, **told, **deed_work.deed.opened()
                )
            ]
        )
        deed_work.facts["work"] = str(made.work_id)
        deed_work.facts["changes"] = [
            {"what": f"work.{name}", "before": None, "after": str(value)}
            for name, value in told.items()
            if value not in ("", None)
        ]
    return deed_work.done

"""What is in force on a predio and its ground, in one question: most predios bear next to nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cadastre.ficha.inherited import inherited, told_left_behind
from cadastre.models import (
    Ficha,
    HouseholdRecord,
    PropertyUnit,
    Responsibility,
    Restriction,
    Right,
)
from cadastre.models.versioned import Versioned
from cadastre.operations.deed.filing import Deed
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.rows import (
    Follower,
    end_rows,
    follow_rows,
    open_rows,
    successor,
)
from gis_project.territory.scoped_postgis.prepared import run_prepared

_STANDING = (Path(__file__).parent / "sql" / "standing.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Standing:
    """The versions in force with no end, as known now, by their ids; ``key`` is the text of the principal one.

    ``is_shared``: another predio in force has the same parcel, as the old data brought it.
    """

    rights: list[int]
    restrictions: list[int]
    responsibilities: list[int]
    fichas: list[int]
    households: list[int]
    keys: list[int]
    key: str | None
    is_built: bool
    is_shared: bool


def standing(unit: PropertyUnit) -> Standing:
    """What stands on a predio that the act has locked: it stays so until the act itself changes it."""
    asked = {"unit": unit.pk, "parcel": unit.parcel_id, "town": unit.municipality_id}
    ((*found,),) = run_prepared(_STANDING, asked)
    return Standing(*found)


def hand_down(
    deed: Deed, parent: PropertyUnit, stood: Standing, children: Sequence[PropertyUnit]
) -> list[str]:
    """Rights, restrictions, responsibilities and ficha of the parent, for each child; the parent's end.

    What the ficha measured on the parent's ground stays with its past, and notes name it. So do its households:
    who lives where is asked anew.
    """
    handed: tuple[tuple[type[Versioned], list[int]], ...] = (
        (Right, stood.rights),
        (Restriction, stood.restrictions),
        (Responsibility, stood.responsibilities),
    )
    for model, ids in handed:
        taken = [Follower(key, {"unit_id": child.pk}) for child in children for key in ids]
        follow_rows(deed, model, ids, taken)
    follow_rows(deed, HouseholdRecord, stood.households, ())
    return _hand_down_ficha(deed, parent, children) if stood.fichas else []


def _hand_down_ficha(
    deed: Deed, parent: PropertyUnit, children: Sequence[PropertyUnit]
) -> list[str]:
    rows: list[Ficha] = in_force(Ficha, unit=parent)
    end_rows(deed, rows)
    open_rows(
        [
            successor(deed, row, unit_id=child.pk, answers=inherited(row.answers))
            for child in children
            for row in rows
        ]
    )
    return told_left_behind(row.answers for row in rows)

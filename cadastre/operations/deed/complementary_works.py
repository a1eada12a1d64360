"""What a complementary work may be (a wall, a pool, a cistern), and which ones stand on a predio's ground."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from cadastre.ficha.code_lists import code_lists
from cadastre.models import ComplementaryWork, PropertyUnit
from cadastre.operations.deed.buildings import OLDEST_YEAR
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.perform import Work
from cadastre.operations.split_parcel import OnlyPlainPredio
from cadastre.queries.costed_works import costed_works
from gis_project.core.errors import InvalidInput, NotFound

_LEAST = Decimal("0.01")


class ComplementaryWorkUnfit(InvalidInput):
    """The work's data are not of their lists, or impossible: mend what the message names."""

    code = "complementary_work_unfit"


class ComplementaryWorkNotFound(NotFound):
    """No such work stands on the predio: look at its obras complementarias."""

    code = "complementary_work_not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWork:
    """``kind``, ``material`` and ``conservation`` of the ficha's lists; ``measure`` M2, M, M3 or UNIT."""

    kind: str
    quantity: Decimal
    measure: str
    material: str = ""
    conservation: str = ""
    built_in: int | None = None


def works_on(predio: PropertyUnit) -> list[ComplementaryWork]:
    """The works in force on its ground; a unit of a condominium has none of its own: OnlyPlainPredio."""
    if predio.kind == PropertyUnit.Kind.CONDOMINIUM:
        raise OnlyPlainPredio(
            "Las obras complementarias son del terreno común: regístrelas en la matriz."
        )
    return in_force(ComplementaryWork, parcel_id=predio.parcel_id) if predio.parcel_id else []


def work_among(rows: Iterable[ComplementaryWork], work: UUID) -> ComplementaryWork:
    """The work of that permanent id among those; ComplementaryWorkNotFound."""
    found = next((row for row in rows if row.work_id == work), None)
    if found is None:
        raise ComplementaryWorkNotFound("En el predio no consta esa obra: revise cuáles tiene.")
    return found


def check_work(deed_work: Work, told: NewWork, names: Iterable[str]) -> None:
    """The members named are of their lists, or ComplementaryWorkUnfit; what cannot be valued is noted."""
    asked = set(names)
    if "kind" in asked:
        _check_kind(deed_work, told.kind)
    for name, stem, title, may_miss in _OF_LISTS:
        known, value = code_lists()[stem].names, getattr(told, name)
        if name in asked and value not in known and not (may_miss and value == ""):
            raise ComplementaryWorkUnfit(f"{title} es uno de {', '.join(known)}.")
    if "quantity" in asked and (told.quantity < _LEAST or told.quantity != round(told.quantity, 2)):
        raise ComplementaryWorkUnfit("La cantidad es mayor que 0, con 2 decimales.")
    last = deed_work.deed.today.year
    if told.built_in is None:
        deed_work.notes.append("Sin año de construcción no se puede valorar: complételo.")
    elif "built_in" in asked and not OLDEST_YEAR <= told.built_in <= last:
        raise ComplementaryWorkUnfit(f"El año va de {OLDEST_YEAR} a {last}.")


_OF_LISTS = (
    ("measure", "work_measure", "La unidad de medida", False),
    ("material", "work_material", "El material", True),
    ("conservation", "conservation", "El estado de conservación", True),
)


def _check_kind(deed_work: Work, kind: str) -> None:
    of_list = code_lists()["work_kind"].names
    of_ordinances = costed_works(deed_work.deed.municipality)
    if kind not in of_ordinances | set(of_list):
        known = ", ".join(sorted(of_ordinances) or of_list)
        raise ComplementaryWorkUnfit(f"La clase de obra «{kind[:40]}» no se conoce: use {known}.")
    if of_ordinances and kind not in of_ordinances:
        deed_work.notes.append(
            f"La ordenanza da costo a otras obras y no a {kind}: sin él, el predio queda sin título al emitir."
        )

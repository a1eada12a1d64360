"""What changes from an ordinance of the register to another, as the sentences of ``cadastre/ordinances``."""

from cadastre.ordinances.difference import Difference, ordinance_difference
from cadastre.ordinances.tax_years import first_tax_year
from cadastre.queries.ordinance_list import ordinance_before
from cadastre.queries.ordinances import facts_of
from gis_project.core.errors import NotFound
from gis_project.territory.models import Ordinance


class NothingToCompare(NotFound):
    """No ordinance ruled before this one: name the one to compare it with."""

    code = "nothing_to_compare"


def ordinance_changes(after: Ordinance, before: Ordinance | None) -> Difference:
    """From ``before`` (None: the one that ruled last before it) to ``after``.

    Raises NothingToCompare, InvalidOrdinance.
    """
    before = before or ordinance_before(after)
    if before is None:
        raise NothingToCompare(
            f"Antes de la ordenanza {after.number} no regía otra: diga con cuál se compara."
        )
    year = first_tax_year(after.valid.lower)
    return ordinance_difference(facts_of(before, year=year), facts_of(after, year=year))

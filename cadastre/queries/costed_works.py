"""To which complementary works the ordinances of a municipality give a cost."""

from collections.abc import Mapping

from gis_project.territory.models import Municipality, Ordinance


def costed_works(municipality: Municipality) -> frozenset[str]:
    """The codes of works with a cost in any approved ordinance; empty where none values works."""
    told = Ordinance.objects.filter(
        municipality=municipality, state=Ordinance.State.APPROVED
    ).values_list("parameters__valuation__works", flat=True)
    return frozenset(code for works in told if isinstance(works, Mapping) for code in works)

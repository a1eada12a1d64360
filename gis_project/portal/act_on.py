"""On which predio an act's form works, and when: what its choices are made of."""

from dataclasses import dataclass
from datetime import date

from cadastre.models import PropertyUnit
from gis_project.territory.models import Municipality


@dataclass(frozen=True, slots=True)
class ActOn:
    """The predio, its municipality and the civil date there; ``which`` of its things, where the act is of one."""

    town: Municipality
    unit: PropertyUnit
    day: date
    which: str = ""

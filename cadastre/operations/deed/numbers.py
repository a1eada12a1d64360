"""The número de predio that new predios get: the next of their municipality, given once and never again."""

from collections.abc import Sequence

from cadastre.models import PropertyUnit
from gis_project.territory.models import Municipality
from gis_project.territory.scoped_postgis.prepared import run_prepared

_NUMBER = "SELECT unit, given FROM cadastre_number_units(%s, %s::uuid[])"


def number_units(municipality: Municipality, units: Sequence[PropertyUnit]) -> None:
    """Give each predio without one the next number, in their order.

    Late in the act: until it ends, every other act that opens predios in the municipality waits.
    """
    bare = {unit.pk: unit for unit in units if not unit.number}
    if not bare:
        return
    for unit, number in run_prepared(_NUMBER, [municipality.pk, list(bare)]):
        bare[unit].number = number

"""The número de predio that new predios get: the next of their municipality, given once and never again."""

from collections.abc import Sequence

from django.db import connection

from cadastre.models import PropertyUnit
from gis_project.territory.models import Municipality
from gis_project.territory.scoped_postgis.prepared import run_prepared

_NUMBER = "SELECT unit, given FROM cadastre_number_units(%s, %s::uuid[])"
_LOCK = "SELECT pg_advisory_xact_lock(3, hashtext('property number ' || %s::text))"
_HIGHEST = """
SELECT number::bigint FROM cadastre_propertyunit
WHERE municipality_id = %s AND number ~ '^[0-9]{1,9}$'
ORDER BY number::bigint DESC LIMIT 1
"""


def highest_number(municipality: Municipality) -> int:
    """The municipality's highest number, 0 for none; until the transaction ends nobody else gives one."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [municipality.pk])
        cursor.execute(_HIGHEST, [municipality.pk])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def number_units(municipality: Municipality, units: Sequence[PropertyUnit]) -> None:
    """Give each predio without one the next number, in their order.

    Late in the act: until it ends, every other act that opens predios in the municipality waits.
    """
    bare = {unit.pk: unit for unit in units if not unit.number}
    if not bare:
        return
    for unit, number in run_prepared(_NUMBER, [municipality.pk, list(bare)]):
        bare[unit].number = number

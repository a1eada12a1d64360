"""One hand at a time on a field package: its rows are append-only, so that none of them can be locked."""

from django.db import connection

from cadastre.models import FieldPackage

_LOCK = "SELECT pg_advisory_xact_lock(3, hashtext(%s))"


def lock_field_package(package: FieldPackage) -> None:
    """Wait until nobody else takes, closes or decides on the package; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"field package {package.pk}"])

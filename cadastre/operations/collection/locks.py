"""What a deed of the treasury holds until its transaction ends. Always in this order: request, desk, debts, roll.

So two deeds never wait for each other in a circle, and what is read after a lock is what the one before it wrote.
"""

from collections.abc import Iterable

from django.db import connection

_REQUEST, _DESK, _DEBT, _ROLL = 21, 22, 23, 24


def lock_request(municipality_id: int, key: str) -> None:
    """One request of that idempotency key at a time."""
    _lock(_REQUEST, f"{municipality_id} {key}")


def lock_desk(desk_id: object) -> None:
    """One receipt, opening or closing at a time at the desk."""
    _lock(_DESK, str(desk_id))


def lock_debts(refs: Iterable[object]) -> None:
    """What is unpaid of these titles, or of a predio's credit, does not change meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, key) FROM"
            " (SELECT DISTINCT hashtext(ref) AS key FROM unnest(%s::text[]) AS ref ORDER BY 1) AS keys",
            [_DEBT, sorted({str(ref) for ref in refs})],
        )


def lock_roll(roll_id: object) -> None:
    """One charge of the roll at a time."""
    _lock(_ROLL, str(roll_id))


def _lock(space: int, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [space, name])

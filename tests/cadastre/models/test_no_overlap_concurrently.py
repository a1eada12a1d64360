"""L1 under many hands: real threads, real commits, parcels thrown at random onto one small field."""

import random
import time
from fractions import Fraction

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from tests import register
from tests.shapes import rectangle
from tests.threads import in_threads

# Independent of the law's own function: what two upright rectangles have in common is a rectangle, and it counts
# when both its sides are longer than a centimetre and it has more than a hundredth of a square metre.
OVERLAPPING = """
    SELECT width, height FROM cadastre_parcelversion AS a
    JOIN cadastre_parcelversion AS b ON a.id < b.id AND a.geom && b.geom
    CROSS JOIN LATERAL (
        SELECT LEAST(ST_XMax(a.geom), ST_XMax(b.geom)) - GREATEST(ST_XMin(a.geom), ST_XMin(b.geom)) AS width,
               LEAST(ST_YMax(a.geom), ST_YMax(b.geom)) - GREATEST(ST_YMin(a.geom), ST_YMin(b.geom)) AS height
    ) AS common
    WHERE LEAST(width, height) > 0.0101 AND width * height > 0.0101
"""


def _throw_parcels(field_m: float, seconds: float):
    """A writer that places random rectangles until its time is over; returns (placed, refused)."""

    def write(number: int) -> tuple[int, int]:
        dice = random.Random(number)
        act = register.operation(register.Municipality.objects.get(slug="mejia"))
        until = time.monotonic() + seconds
        placed = refused = 0
        while time.monotonic() < until:
            shape = rectangle(
                round(dice.uniform(0, field_m), 3),
                round(dice.uniform(0, field_m), 3),
                round(dice.uniform(5, 40), 3),
                round(dice.uniform(5, 40), 3),
            )
            try:
                with transaction.atomic():
                    register.place_parcel(act, shape)
                placed += 1
            except IntegrityError as error:
                if "overlaps" not in str(error):
                    raise
                refused += 1
        return placed, refused

    return write


def _overlapping_pairs() -> list[tuple[float, float]]:
    """Width and height in metres of what each pair has in common."""
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPPING)
        return cursor.fetchall()


def _prove(writers: int, seconds: float, field_m: float) -> tuple[int, int]:
    register.town()
    outcomes = in_threads(_throw_parcels(field_m, seconds), writers)
    failures = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert failures == []
    placed = sum(outcome[0] for outcome in outcomes)
    refused = sum(outcome[1] for outcome in outcomes)
    assert placed > 0
    assert refused > 0
    assert _overlapping_pairs() == []
    return placed, refused


def test_l1_eight_writers_place_no_overlap(fresh_database):
    _prove(writers=8, seconds=3, field_m=600)


@pytest.mark.slow
def test_l1_thirty_two_writers_for_a_minute(fresh_database):
    placed, refused = _prove(writers=32, seconds=60, field_m=2500)
    print(f"32 writers, 60 s: {placed} placed, {refused} refused, 0 overlapping pairs")  # noqa: T201 -- the figure the proof is for


def test_l1_another_isolation_is_turned_away(fresh_database):
    town = register.town()
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    try:
        with pytest.raises(InternalError, match="READ COMMITTED"), transaction.atomic():
            register.place_parcel(register.operation(town), rectangle(0, 0, 20, 20))
    finally:
        connection.close()


def test_l1_a_very_large_parcel_waits_for_the_small_ones(fresh_database):
    """More than 256 cells of 128 m: it takes the municipality's lock alone, and still sees everybody."""
    town = register.town()
    with transaction.atomic():
        register.place_parcel(register.operation(town), rectangle(1000, 1000, 20, 20))
    with pytest.raises(IntegrityError, match="overlaps"), transaction.atomic():
        register.place_parcel(register.operation(town), rectangle(0, 0, 4000, 4000))


def test_two_operations_of_several_parcels_do_not_deadlock(fresh_database):
    """Each places the same twenty places, one forwards and one backwards: one waits, then is refused."""
    register.town()
    places = [rectangle(500 * number, 0, 20, 20) for number in range(20)]

    def write(number: int) -> int:
        act = register.operation(register.Municipality.objects.get(slug="mejia"))
        with transaction.atomic():
            for shape in places if number % 2 else reversed(places):
                register.place_parcel(act, shape)
        return number

    outcomes = in_threads(write, 4)
    failures = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(failures) == 3
    assert all(isinstance(f, IntegrityError) and "overlaps" in str(f) for f in failures)


def test_two_sessions_do_not_give_the_same_predio_away_twice(fresh_database):
    town = register.town()
    act = register.operation(town)
    with transaction.atomic():
        unit = register.predio(act, rectangle(0, 0, 20, 20), "170350010203000100000000")

    def give(number: int) -> None:
        with transaction.atomic():
            register.holder(act, unit, f"Titular {number}", share=Fraction(1))

    outcomes = in_threads(give, 4)
    assert sum(outcome is None for outcome in outcomes) == 1

"""Buckets that all processes share."""

import pytest

from gis_project.territory.rate_limit import (
    Limit,
    TooManyRequests,
    check_rate,
    give_back,
    seconds_to_wait,
)
from tests.threads import in_threads

SLOW = Limit(name="test", burst=3, every_s=3600)


@pytest.mark.django_db
def test_a_burst_and_then_a_wait():
    assert [seconds_to_wait(SLOW, "a") for _ in range(3)] == [0, 0, 0]
    with pytest.raises(TooManyRequests) as refused:
        check_rate(SLOW, "a")
    assert 3590 < refused.value.details["retry_after_s"] <= 3600
    assert seconds_to_wait(SLOW, "b") == 0


@pytest.mark.django_db
def test_a_refused_try_costs_nothing_and_a_token_comes_back():
    for _ in range(10):
        seconds_to_wait(SLOW, "a")
    give_back(SLOW, "a")
    assert seconds_to_wait(SLOW, "a") == 0


@pytest.mark.django_db
def test_buckets_refill():
    quick = Limit(name="quick", burst=1, every_s=0.000001)
    assert [seconds_to_wait(quick, "a") for _ in range(5)] == [0] * 5


def test_threads_do_not_get_more_than_there_is(fresh_database):
    waits = in_threads(lambda _: seconds_to_wait(SLOW, "a"), 8)
    assert waits.count(0) == 3

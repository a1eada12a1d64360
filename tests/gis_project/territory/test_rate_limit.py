"""Buckets that all processes share."""

import pytest

from gis_project.territory.rate_limit import (
    PUBLIC_LOOKUP_DAILY,
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


@pytest.mark.django_db
def test_who_walks_through_ten_thousand_keys_learns_fewer_than_a_hundred():
    waits = [seconds_to_wait(PUBLIC_LOOKUP_DAILY, "mejia 198.51.100.20") for _ in range(10_000)]
    assert 90 <= waits.count(0) < 100
    assert seconds_to_wait(PUBLIC_LOOKUP_DAILY, "mejia 198.51.100.21") == 0


@pytest.mark.django_db
def test_a_long_wait_is_told_in_minutes_with_what_to_do():
    while seconds_to_wait(PUBLIC_LOOKUP_DAILY, "a") == 0:
        pass
    with pytest.raises(TooManyRequests, match=r"Espere 15 minutos\. .*ventanilla"):
        check_rate(PUBLIC_LOOKUP_DAILY, "a")


def test_threads_do_not_get_more_than_there_is(fresh_database):
    waits = in_threads(lambda _: seconds_to_wait(SLOW, "a"), 8)
    assert waits.count(0) == 3

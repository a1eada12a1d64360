"""Maps leave threads to the rest: who finds no place is sent away at once, and places come back."""

from contextlib import ExitStack
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.test import Client

from layers.wms.faults import Fault
from layers.wms.room import PLACES, place_to_wait
from tests.layers.wms.requests import get_map


def test_two_threads_stay_free():
    assert settings.WEB_THREADS - PLACES == 2


def test_threads_get_the_places_and_the_others_a_quick_no():
    crowd = PLACES + 5
    here, everybody_asked = Barrier(crowd), Barrier(crowd)
    told = []

    def ask() -> None:
        here.wait(10)
        try:
            with place_to_wait():
                told.append("a place")
                everybody_asked.wait(10)  # held until each of the others has its answer
        except Fault as fault:
            told.append(fault.status)
            everybody_asked.wait(10)

    threads = [Thread(target=ask) for _ in range(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(map(str, told)) == ["503"] * 5 + ["a place"] * PLACES
    with ExitStack() as again:
        for _ in range(PLACES):
            again.enter_context(place_to_wait())


def test_a_failed_drawing_gives_its_place_back():
    for _ in range(PLACES + 1):
        with pytest.raises(ZeroDivisionError), place_to_wait():
            raise ZeroDivisionError


def test_the_door_says_when_to_come_again(maps):
    with ExitStack() as crowd:
        for _ in range(PLACES):
            crowd.enter_context(place_to_wait())
        # A picture of the refusal would need a place too.
        for wanted in ({}, {"EXCEPTIONS": "INIMAGE"}):
            refused = Client().get(f"/wms?{get_map(**wanted)}")
            assert refused.status_code == 503
            assert int(refused["Retry-After"]) > 0
            assert "demasiados mapas" in refused.content.decode()
        capabilities = Client().get("/wms?SERVICE=WMS&REQUEST=GetCapabilities")
        assert capabilities.status_code == 200
    assert Client().get(f"/wms?{get_map()}").status_code == 200

"""A request asks once which appointments a person holds; a job asks every time."""

from datetime import date

import pytest

from gis_project.territory.appointments import asked_once
from gis_project.territory.models import Membership
from gis_project.territory.policy import can
from tests.people import ROSA
from tests.staff import appoint

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def rosa(mejia):
    return appoint(ROSA, "cadastre_technician", mejia)


def test_a_request_asks_once_for_all_capabilities_of_a_place(
    rosa, mejia, django_assert_num_queries
):
    with asked_once(), django_assert_num_queries(1):
        assert can(rosa, "edit_parcels", municipality=mejia, on=TODAY)
        assert not can(rosa, "approve_operations", municipality=mejia, on=TODAY)


def test_what_held_in_one_place_or_on_one_day_answers_for_no_other(rosa, mejia, celica):
    with asked_once():
        assert can(rosa, "edit_parcels", municipality=mejia, on=TODAY)
        assert not can(rosa, "edit_parcels", municipality=celica, on=TODAY)
        assert not can(rosa, "edit_parcels", municipality=mejia, on=date(1999, 1, 1))


def test_the_next_request_and_a_running_job_see_an_appointment_end(rosa, mejia):
    with asked_once():
        assert can(rosa, "edit_parcels", municipality=mejia, on=TODAY)
    assert can(rosa, "edit_parcels", municipality=mejia, on=TODAY)
    Membership.objects.update(valid=(date(2020, 1, 1), date(2021, 1, 1)))
    assert not can(rosa, "edit_parcels", municipality=mejia, on=TODAY)
    with asked_once():
        assert not can(rosa, "edit_parcels", municipality=mejia, on=TODAY)

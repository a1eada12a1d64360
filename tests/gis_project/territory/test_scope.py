"""Whose rows a connection shows follows the running work, through pools, threads, rollbacks and errors."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client, RequestFactory

from cadastre.models import PartyIdentity, PropertyUnit, Right
from cadastre.queries.open_debts import open_debts
from gis_project.territory import jobs
from gis_project.territory.middleware.municipality_scope import municipality_scope
from gis_project.territory.models import Job, Municipality
from gis_project.territory.queries.named_municipality import named_municipality
from gis_project.territory.scope import (
    OutsideScope,
    across_municipalities,
    enter,
    outside,
    within,
)
from tests import walled_town
from tests.threads import in_threads

pytestmark = pytest.mark.long


def names() -> set[str]:
    return {name.split()[-1] for name in PartyIdentity.objects.values_list("full_name", flat=True)}


def setting() -> str:
    """What the session itself holds, asked past Django's cursors."""
    connection.ensure_connection()
    row = connection.connection.execute(
        "SELECT current_setting('lindero.municipalities', true)"
    ).fetchone()
    return row[0] or ""


def build() -> tuple[Municipality, Municipality]:
    return (
        walled_town.build("mejia", "1703", east=770_000),
        walled_town.build("celica", "1104", east=620_000),
    )


@pytest.fixture
def towns(db) -> tuple[Municipality, Municipality]:
    return build()


@pytest.fixture
def pooled_towns(fresh_database) -> Iterator[tuple[Municipality, Municipality]]:
    """Both towns, committed, behind a pool of two connections that all threads share."""
    found = build()
    connection.close()
    options = connection.settings_dict["OPTIONS"]
    options["pool"] = {"min_size": 1, "max_size": 2, "timeout": 10}
    del connections["default"]
    try:
        yield found
    finally:
        connection.close()
        connection.close_pool()
        del options["pool"], connections["default"]


def test_blocks_nest_and_end(towns):
    mejia, celica = towns
    with outside():
        with within(mejia):
            assert names() == {"MEJIA"}
            with within(celica):
                assert names() == {"CELICA"}
            assert names() == {"MEJIA"}
            with across_municipalities("una prueba"):
                assert names() == {"MEJIA", "CELICA"}
        with within(mejia, celica):
            assert names() == {"MEJIA", "CELICA"}
        assert names() == set()


def test_work_across_municipalities_states_its_reason():
    with pytest.raises(ValueError, match="reason"), across_municipalities(" "):
        pass


def test_what_is_entered_ends_with_the_request(towns):
    mejia, _ = towns
    seen = []

    def page(request):
        before = names()
        enter(mejia)
        seen.append((before, names()))

    municipality_scope(page)(RequestFactory().get("/"))
    municipality_scope(page)(RequestFactory().get("/"))
    assert seen == [(set(), {"MEJIA"})] * 2


def test_resolving_a_municipality_enters_it_but_not_in_work_across(towns):
    with outside():
        named_municipality("mejia")
        assert names() == {"MEJIA"}
    with across_municipalities("una prueba"):
        named_municipality("mejia")
        assert names() == {"MEJIA", "CELICA"}


def test_owing_nothing_is_not_said_by_who_sees_nothing(towns):
    mejia, celica = towns
    unit = PropertyUnit.objects.get(municipality=mejia)
    for scope in (outside(), within(celica)):
        with scope, pytest.raises(OutsideScope):
            open_debts(unit, date(2026, 3, 1))
    with within(mejia):
        assert [debt.year for debt in open_debts(unit, date(2026, 3, 1))] == [2026]


def test_a_job_enters_its_municipality(towns):
    job = Job.objects.create(municipality=towns[1], task="x")
    with outside():
        jobs.start(job.pk)
        assert names() == {"CELICA"}


def test_a_command_works_in_the_municipality_it_names(towns, tmp_path, capsys):
    with within(towns[1]):
        call_command("export_tax_roll", municipality="mejia", year=2026, folder=tmp_path)
        assert "1 títulos" in capsys.readouterr().out
        assert names() == {"CELICA"}


@pytest.mark.parametrize("has_savepoint", [True, False])
def test_a_rollback_takes_the_setting_back_and_the_scope_stays(pooled_towns, has_savepoint):
    mejia, celica = pooled_towns
    with within(celica):
        assert names() == {"CELICA"}
        with within(mejia):
            if has_savepoint:
                with transaction.atomic():
                    with transaction.atomic():
                        assert names() == {"MEJIA"}
                        transaction.set_rollback(True)
                    assert names() == {"MEJIA"}
            else:
                with transaction.atomic():
                    assert names() == {"MEJIA"}
                    transaction.set_rollback(True)
            assert names() == {"MEJIA"}
        assert names() == {"CELICA"}


def test_after_an_error_inside_a_transaction(towns):
    mejia, celica = towns
    with within(celica):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute("SELECT 1/0")
        with transaction.atomic(), within(mejia):
            assert names() == {"MEJIA"}
            with pytest.raises(DatabaseError), transaction.atomic():
                connection.cursor().execute("SELECT 1/0")
            assert names() == {"MEJIA"}
        assert names() == {"CELICA"}


def test_isolation_can_still_be_chosen_after_the_scope(pooled_towns):
    with within(pooled_towns[0]), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        assert names() == {"MEJIA"}


def test_one_set_for_a_request_and_none_without_a_municipality(pooled_towns):
    said = []
    connection.ensure_connection()
    tell = type(connection.connection).execute

    def listening(self, query, *arguments, **options):
        said.append(str(query))
        return tell(self, query, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch, outside():
        patch.setattr(type(connection.connection), "execute", listening)
        assert names() == set()
        assert said == []
        enter(pooled_towns[0])
        for _ in range(3):
            assert names() == {"MEJIA"}
        assert len(said) == 1


def test_a_connection_goes_back_to_the_pool_without_a_scope(pooled_towns):
    sessions = []
    for town in pooled_towns * 3:
        with within(town):
            assert names() == {town.name.upper()}
            assert setting() == str(town.pk)
        connection.close()
        assert setting() == ""
        sessions.append(connection.connection.info.backend_pid)
        connection.close()
    assert len(set(sessions)) <= 2


def test_a_connection_that_is_given_back_in_the_middle_carries_nothing(pooled_towns):
    with within(pooled_towns[0]):
        assert names() == {"MEJIA"}
        transaction.set_autocommit(False)
        assert names() == {"MEJIA"}
        connection.close()
    connection.ensure_connection()
    assert setting() == ""


def test_threads_on_one_pool_keep_to_their_towns(pooled_towns):
    """Sixteen threads share two connections; each asks as another town, or as none, again and again."""
    wanted = [(towns, {town.name.upper() for town in towns}) for towns in _mixed(*pooled_towns)]

    def ask(number: int) -> int:
        wrong = 0
        for turn in range(25):
            towns, expected = wanted[(number + turn) % len(wanted)]
            with outside():
                for town in towns:
                    enter(town)
                wrong += names() != expected
                wrong += Right.objects.count() != len(expected)
            connection.close()
        return wrong

    assert in_threads(ask, 16) == [0] * 16


def _mixed(mejia: Municipality, celica: Municipality) -> list[list[Municipality]]:
    return [[mejia], [], [celica], [], [celica], [mejia]]


def test_a_persistent_connection_forgets_between_requests(towns):
    """One connection serves requests of both towns and of none, as with CONN_MAX_AGE."""
    for expected in ({"MEJIA"}, set(), {"CELICA"}, set()):
        with outside():
            for town in towns:
                if town.name.upper() in expected:
                    enter(town)
            assert names() == expected


def test_a_new_thread_is_in_no_municipality(pooled_towns):
    seen = []

    def look() -> None:
        seen.append(names())
        connections.close_all()

    with within(pooled_towns[0]):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert seen == [set()]


def test_a_page_of_no_municipality_tells_the_session_nothing(towns):
    with within(towns[0]):
        assert Client().get("/").status_code == 200
        assert names() == {"MEJIA"}

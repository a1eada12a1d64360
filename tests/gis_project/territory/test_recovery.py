"""A code on paper opens an account once; nobody can use it to become somebody greater."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gis_project.core.errors import NotAllowed
from gis_project.territory.models import AuditEvent
from gis_project.territory.operations.issue_recovery_code import (
    NotYoursToRecover,
    issue_recovery_code,
)
from gis_project.territory.operations.use_recovery_code import RecoveryRefused, use_recovery_code
from tests.people import ALMA, BRUNO, CLARA, JULIO, ROSA, TOMAS
from tests.staff import account, appoint

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
NEW = "una contraseña nueva y larga"


@pytest.fixture
def clara(mejia):
    return appoint(CLARA, "counter_clerk", mejia)


def issue(user, mejia, by):
    return issue_recovery_code(user=user, municipality=mejia, by=by, on=TODAY, now=NOW)


def use(person, code, at=NOW):
    return use_recovery_code(identifier=person.cedula, code=code, password=NEW, now=at)


def test_the_paper_opens_the_account_once(mejia, clara):
    tomas = account(TOMAS)
    code = issue(tomas, mejia, clara).code
    use(TOMAS, code.lower().replace("-", " "))
    tomas.refresh_from_db()
    assert tomas.check_password(NEW)
    with pytest.raises(RecoveryRefused):
        use(TOMAS, code)


def test_an_old_paper_and_a_late_paper_do_not(mejia, clara):
    tomas = account(TOMAS)
    first = issue(tomas, mejia, clara).code
    second = issue(tomas, mejia, clara).code
    with pytest.raises(RecoveryRefused):
        use(TOMAS, first)
    with pytest.raises(RecoveryRefused):
        use(TOMAS, second, at=NOW + timedelta(hours=24))


def test_the_paper_of_another_person_does_not(mejia, clara):
    account(JULIO)
    code = issue(account(TOMAS), mejia, clara).code
    with pytest.raises(RecoveryRefused):
        use(JULIO, code)


def test_a_clerk_makes_none_for_staff_with_a_second_factor(mejia, clara):
    alma = appoint(ALMA, "municipal_administrator", mejia)
    chief = appoint(ROSA, "cadastre_chief", mejia)
    with pytest.raises(NotYoursToRecover):
        issue(chief, mejia, clara)
    assert issue(chief, mejia, alma).code


def test_nobody_makes_one_for_himself_or_for_another_town(mejia, celica, clara):
    bruno = appoint(BRUNO, "cadastre_technician", celica)
    for user in (clara, bruno):
        with pytest.raises(NotYoursToRecover):
            issue(user, mejia, clara)


def test_a_technician_makes_none(mejia):
    with pytest.raises(NotAllowed):
        issue(account(TOMAS), mejia, appoint(ROSA, "cadastre_technician", mejia))


def test_who_gave_it_is_recorded_without_the_code(mejia, clara):
    code = issue(account(TOMAS), mejia, clara).code
    event = AuditEvent.objects.get(action="issue_recovery_code")
    assert event.actor == clara
    assert code not in event.body


def test_the_pages_do_it(client, mejia, clara):
    tomas = account(TOMAS)
    client.force_login(clara)
    page = client.post("/account/mejia/recovery/", {"login": TOMAS.cedula}).content.decode()
    code = page.split('class="recovery-code">')[1].split("<")[0]
    client.logout()
    fields = {"login": TOMAS.phone, "code": code, "password1": NEW, "password2": NEW}
    assert client.post("/account/recover/", fields).status_code == 302
    tomas.refresh_from_db()
    assert tomas.check_password(NEW)

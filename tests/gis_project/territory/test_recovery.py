"""A code on paper opens an account once; nobody can use it to become somebody greater."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gis_project.core.errors import NotAllowed
from gis_project.territory.appointments import has_second_factor
from gis_project.territory.models import AuditEvent
from gis_project.territory.operations.issue_recovery_code import (
    NoSecondFactor,
    NotYoursToRecover,
    Opens,
    issue_recovery_code,
)
from gis_project.territory.operations.use_recovery_code import (
    RecoveryRefused,
    drop_second_factor,
    use_recovery_code,
)
from gis_project.territory.policy import MfaRequired, check_can
from tests.people import ALMA, BRUNO, CLARA, JULIO, PASSWORD, ROSA, TOMAS
from tests.staff import account, appoint, give_second_factor

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


def issue_for_factor(user, municipality, by):
    return issue_recovery_code(
        user=user,
        municipality=municipality,
        by=by,
        on=TODAY,
        now=NOW,
        opens=Opens.SECOND_FACTOR,
    ).code


def drop(person, code, password=PASSWORD, at=NOW):
    return drop_second_factor(identifier=person.cedula, code=code, password=password, now=at)


@pytest.fixture
def alma(mejia):
    return appoint(ALMA, "municipal_administrator", mejia)


@pytest.fixture
def rosa(mejia):
    """A chief with a second factor, whose telephone is lost."""
    return appoint(ROSA, "cadastre_chief", mejia)


def test_a_lost_second_factor_comes_off_once_with_paper_and_password(mejia, alma, rosa):
    code = issue_for_factor(rosa, mejia, alma)
    with pytest.raises(RecoveryRefused):
        drop(ROSA, code, password="no es esta clave")
    assert has_second_factor(rosa)
    drop(ROSA, code)
    assert not rosa.authenticator_set.exists()
    assert rosa.check_password(PASSWORD)
    give_second_factor(rosa)
    with pytest.raises(RecoveryRefused):
        drop(ROSA, code)
    assert has_second_factor(rosa)


def test_without_the_factor_the_office_waits_for_a_new_one(mejia, alma, rosa):
    drop(ROSA, issue_for_factor(rosa, mejia, alma))
    with pytest.raises(MfaRequired):
        check_can(rosa, "approve_operations", municipality=mejia, on=TODAY)


def test_a_paper_for_the_one_does_nothing_for_the_other(mejia, alma, rosa):
    with pytest.raises(RecoveryRefused):
        drop(ROSA, issue(rosa, mejia, alma).code)
    with pytest.raises(RecoveryRefused):
        use(ROSA, issue_for_factor(rosa, mejia, alma))


def test_a_late_paper_takes_nothing_off(mejia, alma, rosa):
    code = issue_for_factor(rosa, mejia, alma)
    with pytest.raises(RecoveryRefused):
        drop(ROSA, code, at=NOW + timedelta(hours=24))


def test_who_gives_it_has_a_second_factor_of_their_own(mejia, clara):
    tomas = account(TOMAS)
    give_second_factor(tomas)
    with pytest.raises(MfaRequired):
        issue_for_factor(tomas, mejia, clara)
    give_second_factor(clara)
    assert issue_for_factor(tomas, mejia, clara)


def test_nobody_takes_off_their_own_nor_that_of_another_town(mejia, celica, alma, clara):
    give_second_factor(clara)
    for other in (alma, appoint(BRUNO, "cadastre_chief", celica)):
        with pytest.raises(NotYoursToRecover):
            issue_for_factor(other, mejia, alma)
    with pytest.raises(NotAllowed):
        issue_for_factor(account(TOMAS), celica, alma)
    with pytest.raises(NotYoursToRecover):
        issue_for_factor(alma, mejia, clara)


def test_a_person_without_second_factor_has_nothing_to_take_off(mejia, alma):
    with pytest.raises(NoSecondFactor):
        issue_for_factor(account(TOMAS), mejia, alma)


def test_both_deeds_about_the_factor_are_audited(mejia, alma, rosa):
    code = issue_for_factor(rosa, mejia, alma)
    drop(ROSA, code)
    given = AuditEvent.objects.get(action="issue_recovery_code")
    dropped = AuditEvent.objects.get(action="drop_second_factor")
    assert (given.actor, dropped.actor) == (alma, rosa)
    assert "second_factor" in given.body
    assert code not in given.body + dropped.body


def test_the_pages_take_the_factor_off(client, mejia, alma, rosa):
    client.force_login(alma)
    fields = {"login": ROSA.cedula, "opens": "second_factor"}
    page = client.post("/account/mejia/recovery/", fields).content.decode()
    code = page.split('class="recovery-code">')[1].split("<")[0]
    client.logout()
    fields = {"login": ROSA.cedula, "password": PASSWORD, "code": code}
    assert client.post("/account/recover/second-factor/", fields).status_code == 302
    entered = client.post("/account/login/", {"login": ROSA.cedula, "password": PASSWORD})
    assert entered.status_code == 302
    assert client.session["_auth_user_id"] == str(rosa.pk)


def test_the_page_of_the_second_factor_leads_to_the_paper(client, mejia, rosa):
    client.post("/account/login/", {"login": ROSA.cedula, "password": PASSWORD})
    page = client.get("/account/2fa/authenticate/").content.decode()
    assert 'href="/account/recover/second-factor/"' in page
    assert 'name="code"' in page

"""Signing in with whichever identifier one knows; a stranger learns nothing from trying."""

import pytest
from django.core.cache import cache

from gis_project.territory.models import Municipality
from tests.people import INES, PASSWORD, ROSA, TOMAS, cedula
from tests.staff import account, appoint

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _no_earlier_attempts():
    cache.clear()


def sign_in(client, login, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": login, "password": password}, **extra)


@pytest.mark.parametrize(
    "typed",
    [
        ROSA.cedula,
        f" {ROSA.cedula[:9]}-{ROSA.cedula[9]} ",
        "099 003 4001",
        ROSA.phone,
        "ROSA@ejemplo.test",
    ],
)
def test_any_identifier_in_any_spelling(client, typed):
    rosa = account(ROSA)
    assert sign_in(client, typed).status_code == 302
    assert client.session["_auth_user_id"] == str(rosa.pk)


def test_a_mobile_number_that_is_somebody_elses_cedula(client):
    """0912345675 is a mobile number and also a valid cédula of Guayas."""
    number = cedula(1_234_567, province=9)
    ines, tomas = account(INES), account(TOMAS)
    ines.cedula = number
    ines.save()
    tomas.phone = f"+593{number[1:]}"
    tomas.set_password("otra contraseña distinta")
    tomas.save()
    sign_in(client, number, "otra contraseña distinta")
    assert client.session["_auth_user_id"] == str(tomas.pk)


def test_the_answer_is_the_same_for_unknown_and_wrong(client):
    account(ROSA)
    wrong = sign_in(client, ROSA.cedula, "no es esta clave").content.decode()
    unknown = sign_in(client, INES.cedula, "no es esta clave").content.decode()
    assert (
        wrong.replace(ROSA.cedula, "").split("<main")[1].split("csrf")[0]
        == unknown.replace(INES.cedula, "").split("<main")[1].split("csrf")[0]
    )


def test_an_unknown_person_costs_one_password_hash_too(client, monkeypatch):
    from tests.cheap_hasher import CheapArgon2

    hashed = []
    encode = CheapArgon2.encode
    monkeypatch.setattr(
        CheapArgon2, "encode", lambda self, *args: hashed.append(1) or encode(self, *args)
    )
    sign_in(client, INES.cedula)
    assert hashed == [1]


def test_the_session_changes_its_name_at_sign_in(client):
    account(ROSA)
    client.get(LOGIN)
    session = client.session
    session["before"] = True
    session.save()
    old = session.session_key
    client.cookies["lindero_session"] = old
    sign_in(client, ROSA.cedula)
    assert client.cookies["lindero_session"].value != old


def test_the_sixth_try_waits_whatever_identifier_is_used(client):
    account(ROSA)
    for typed in (ROSA.cedula, ROSA.phone, ROSA.email, ROSA.cedula, ROSA.phone):
        sign_in(client, typed, "no es esta clave")
    answer = sign_in(client, ROSA.email)
    assert "_auth_user_id" not in client.session
    assert "Demasiados intentos" in answer.content.decode()


def test_a_stranger_does_not_lock_out_the_person_or_the_town_hall(client):
    account(ROSA)
    account(TOMAS)
    for _ in range(8):
        sign_in(client, ROSA.cedula, "no es esta clave", REMOTE_ADDR="198.51.100.7")
    assert sign_in(client, TOMAS.cedula, REMOTE_ADDR="198.51.100.7").status_code == 302
    client.logout()
    assert sign_in(client, ROSA.cedula, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_a_closed_account_stays_out(client):
    rosa = account(ROSA)
    rosa.is_active = False
    rosa.save()
    sign_in(client, ROSA.cedula)
    assert "_auth_user_id" not in client.session


def test_a_second_factor_is_asked_for_after_the_password(client):
    mejia = Municipality.objects.create(
        slug="mejia", dpa_code="1703", name="Mejía", official_name="GAD Municipal de Mejía"
    )
    appoint(ROSA, "revenue_officer", mejia)
    answer = sign_in(client, ROSA.cedula)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client):
    assert client.get("/account/signup/").status_code == 404


def test_the_page_says_once_what_to_do_about_a_lost_password(client):
    page = client.get(LOGIN).content.decode()
    assert page.count('href="/account/recover/"') == 1

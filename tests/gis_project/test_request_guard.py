"""What no honest client sends is refused before a view reads it."""

import pytest

from gis_project.territory.middleware.headers import CONTENT_SECURITY_POLICY

pytestmark = pytest.mark.django_db


MANY = "&".join(f"a{number}=1" for number in range(101))
LONG = "q=" + "a" * 8200


@pytest.mark.parametrize(
    "query", ["q=a&q=b", "q=a&Q=b", "q=%00", "%00=1", "q=%ff", "q=%c0%af", LONG, MANY]
)
def test_malformed_queries(client, query):
    answer = client.get(f"/healthz?{query}")
    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed_request"
    assert answer["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("path", ["/a%00b/", "/a%ffb/"])
def test_malformed_paths(client, path):
    assert client.get(path).status_code in {400, 404}


def test_a_person_gets_a_page(client):
    answer = client.get("/?q=a&q=b")
    assert answer.status_code == 400
    assert "text/html" in answer["Content-Type"]


def test_a_body_too_large_is_refused_unread(client):
    answer = client.post(
        "/api/x", b"{}", content_type="application/json", CONTENT_LENGTH=str(10**9)
    )
    assert answer.status_code == 413


def test_a_compressed_body_is_not_unpacked(client):
    answer = client.post(
        "/api/x", b"{}", content_type="application/json", headers={"Content-Encoding": "gzip"}
    )
    assert answer.status_code == 415


@pytest.mark.parametrize("path", ["/", "/account/login/", "/healthz", "/api/docs", "/no-such-page"])
def test_every_answer_carries_the_headers(client, path):
    answer = client.get(path)
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
    assert len(answer["X-Request-ID"]) == 32


@pytest.mark.parametrize("path", ["/", "/account/login/", "/account/recover/", "/api/docs"])
def test_no_page_needs_what_the_policy_forbids(client, path):
    page = client.get(path).content.decode()
    assert "<script>" not in page
    assert " style=" not in page
    assert " onclick" not in page
    assert "//cdn" not in page


def test_a_temporary_password_is_changed_before_anything_else(client):
    from tests.people import ROSA
    from tests.staff import account

    rosa = account(ROSA)
    rosa.must_change_password = True
    rosa.save()
    client.force_login(rosa)
    assert client.get("/")["Location"] == "/account/password/change/"
    assert client.get("/account/password/change/").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_changing_the_temporary_password_ends_it(client):
    from tests.people import PASSWORD, ROSA
    from tests.staff import account

    rosa = account(ROSA)
    rosa.must_change_password = True
    rosa.save()
    client.force_login(rosa)
    new = "otra contraseña larga 77"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/password/change/", fields).status_code == 302
    rosa.refresh_from_db()
    assert not rosa.must_change_password
    assert rosa.check_password(new)

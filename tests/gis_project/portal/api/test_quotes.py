"""GET /api/<m>/quotes: what is owed on a day, by year; alike for the unknown and the unpublished."""

from datetime import date
from decimal import Decimal

import pytest

from cadastre.models import TaxTitle
from gis_project.territory.models import Municipality
from tests.browser.town import KEY, NUMBER
from tests.gis_project.canary_town import CELICA_KEY, secrets


@pytest.fixture
def bill(walked_town) -> TaxTitle:
    return TaxTitle.objects.select_related("roll").get(key_text=KEY)


def quoted(client, query: str) -> dict:
    answer = client.get(f"/api/mejia/quotes?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_key_number_and_title_name_the_same_debt(visitor, bill):
    client = visitor("anonymous")
    by_key = quoted(client, "key=17-03-50-01-02-003-001")
    assert by_key == quoted(client, f"number={NUMBER}") == quoted(client, f"title={bill.number}")
    assert (by_key["key"], by_key["currency"]) == (KEY, "USD")
    (year,) = by_key["years"]
    assert year["principal"] == str(bill.total)
    assert Decimal(year["total"]) == Decimal(by_key["total"])


@pytest.mark.parametrize(
    ("day", "percent", "valid_through"),
    [("01-05", -10, "01-15"), ("03-20", -5, "03-31"), ("07-01", 10, "12-31")],
)
def test_discount_and_surcharge_of_the_day(visitor, bill, day, percent, valid_through):
    year = bill.roll.year
    told = quoted(visitor("anonymous"), f"key={KEY}&on={year}-{day}")
    (line,) = told["years"]
    change = (bill.property_tax * percent / 100).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert line["adjustment"]["amount"] == str(change)
    assert told["total"] == line["total"] == str(bill.total + change)
    assert told["valid_through"] == line["valid_through"] == f"{year}-{valid_through}"
    assert "Art. 512" in line["adjustment"]["citation"]


def test_a_past_year_is_not_told_too_low(visitor, bill):
    told = quoted(visitor("anonymous"), f"key={KEY}&on={bill.roll.year + 1}-02-01")
    (line,) = told["years"]
    assert line["status"] == "INTEREST_PENDING"
    assert line["interest"] == "pendiente de liquidación en Tesorería"
    assert line["principal"] == str(bill.total)
    assert line["total"] is None
    assert told["total"] is None
    assert told["has_interest_pending"] is True
    assert told["payable_total"] == "0.00"


def test_a_coming_year_is_not_yet_payable(visitor, bill):
    told = quoted(visitor("anonymous"), f"key={KEY}&on={bill.roll.year - 1}-12-31")
    assert told["years"][0]["status"] == "NOT_YET_PAYABLE"
    assert (told["years"][0]["total"], told["total"]) == (None, "0.00")


def test_nobody_is_named_and_title_numbers_are_for_offices(visitor, bill):
    public = visitor("anonymous").get(f"/api/mejia/quotes?key={KEY}").content.decode()
    assert bill.number not in public
    official = visitor("auditor").get(f"/api/mejia/quotes?key={KEY}").content.decode()
    assert bill.number in official
    for secret in secrets():
        assert secret not in public + official


def test_a_predio_without_title_owes_nothing(visitor):
    told = visitor("anonymous").get(f"/api/celica/quotes?key={CELICA_KEY}").json()
    assert (told["years"], told["total"]) == ([], "0.00")


def without_request(answer) -> tuple:
    return answer.status_code, {k: v for k, v in answer.json().items() if k != "instance"}


def test_the_unknown_and_the_switched_off_get_the_same_answer(visitor, bill):
    client = visitor("anonymous")
    unknown = without_request(client.get("/api/mejia/quotes?key=1"))
    assert unknown[0] == 404
    Municipality.objects.filter(slug="mejia").update(shows_debt=False)
    for query in (f"key={KEY}", f"number={NUMBER}", f"title={bill.number}", "key=1", "number=x"):
        assert without_request(client.get(f"/api/mejia/quotes?{query}")) == unknown
    assert quoted(visitor("auditor"), f"title={bill.number}")["total"]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("", 400, "name_one_predio"),
        (f"key={KEY}&number={NUMBER}", 400, "name_one_predio"),
        (f"key={KEY}&on=hoy", 400, "bad_request"),
        (f"key={KEY}&owner=x", 400, "unknown_parameter"),
        (f"key={CELICA_KEY}", 404, "quote_not_found"),
    ],
)
def test_refusals(visitor, query, status, code):
    answer = visitor("anonymous").get(f"/api/mejia/quotes?{query}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_today_is_the_municipality_s_day(visitor):
    assert date.fromisoformat(quoted(visitor("anonymous"), f"key={KEY}")["on"])

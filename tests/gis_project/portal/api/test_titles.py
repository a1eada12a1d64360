"""GET /api/<m>/titles/<number>/explanation: whoever has a calculator can recompute the bill."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from cadastre.models import TaxTitle
from gis_project.territory.models import AccessRecord, Municipality
from tests.gis_project.canary_town import names, personal_data, portfolios


@pytest.fixture
def bills(walked_town) -> list[TaxTitle]:
    return list(TaxTitle.objects.filter(municipality__slug="mejia").order_by("number"))


def address(bill: TaxTitle) -> str:
    return f"{without_key(bill)}?key={bill.key_text}"


def without_key(bill: TaxTitle) -> str:
    return f"/api/mejia/titles/{bill.number}/explanation"


def recomputed(line: dict, divisors: dict[str, str]) -> Decimal:
    """The amount by the rule that the answer states, with nothing but the answer."""
    if "children" in line:
        return sum((recomputed(child, divisors) for child in line["children"]), Decimal(0))
    exact = Decimal(line["base"]) * Decimal(line["rate"]) / Decimal(divisors[line["rate_unit"]])
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_every_title_is_recomputed_from_its_answer_alone(visitor, bills):
    client = visitor("anonymous")
    assert len(bills) >= 2
    for bill in bills:
        told = client.get(address(bill)).json()
        for part in ("value", "tax"):
            amounts = [recomputed(line, told["divisors"]) for line in told[part]["lines"]]
            assert amounts == [Decimal(line["amount"]) for line in told[part]["lines"]]
            assert sum(amounts) == Decimal(told[part]["total"])
        assert told["tax"]["total"] == told["total"] == str(bill.total)
        assert told["base"] == str(bill.base)
        assert all(line["citation"] for line in told["tax"]["lines"])


def test_the_portfolio_is_for_those_who_view_taxes(visitor, bills):
    for stranger in ("anonymous", "citizen", "neighbour", "technician"):
        assert "portfolio" not in visitor(stranger).get(address(bills[0])).json()
    before = AccessRecord.objects.count()
    told = visitor("auditor").get(address(bills[0])).json()
    assert told["portfolio"]["holdings"][0]["key"] == bills[0].key_text
    assert "unit_id" not in str(told)
    assert AccessRecord.objects.count() == before + 1
    assert told["portfolio"]["holdings"][-1]["key"] in portfolios()
    for secret in names() + personal_data():
        assert secret not in str(told)


def test_the_unknown_and_the_switched_off_get_the_same_answer(visitor, bills):
    client = visitor("anonymous")

    def answer(where: str) -> tuple:
        got = client.get(where)
        return got.status_code, {k: v for k, v in got.json().items() if k != "instance"}

    key = bills[0].key_text
    unknown = answer(f"/api/mejia/titles/2026-U-999999/explanation?key={key}")
    assert unknown[0] == 404
    assert answer(f"/api/celica/titles/{bills[0].number}/explanation?key={key}") == unknown
    Municipality.objects.filter(slug="mejia").update(shows_value=False)
    assert answer(address(bills[0])) == unknown
    assert visitor("technician").get(address(bills[0])).status_code == 200


def test_a_number_alone_tells_strangers_nothing(visitor, bills):
    bill, other = bills[:2]
    assert bill.key_text != other.key_text
    for stranger in ("anonymous", "citizen", "neighbour"):
        client = visitor(stranger)
        for wrong in ("", "?key=", f"?key={other.key_text}", "?key=x"):
            assert client.get(without_key(bill) + wrong).status_code == 404
        bare = bill.key_text.replace("-", "")
        assert client.get(f"{without_key(bill)}?key={bare}").status_code == 200
    for official in ("technician", "auditor"):
        assert visitor(official).get(without_key(bill)).status_code == 200

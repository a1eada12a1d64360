"""Value and debt of one property, asked through the schema `lookup`: one key in, one row out, and not many at once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest

from cadastre.taxation.debt_due import Debt
from cadastre.taxation.debt_parts import DebtPart
from cadastre.valuation.facts import UnitKind
from gis_project.portal.bills import OpenTitle, ShownTitle, open_title, shown_title
from gis_project.territory.addresses import client_address
from gis_project.territory.models import Municipality
from gis_project.territory.rate_limit import (
    PUBLIC_LOOKUP,
    PUBLIC_LOOKUP_DAILY,
    check_rate,
    seconds_to_wait,
)

_TOLD_PARTS = {
    DebtPart.TAX: "property_tax",
    DebtPart.FIRE_LEVY: "fire_levy",
    DebtPart.OTHERS: "others",
    DebtPart.SURCHARGE: "surcharge",
    DebtPart.INTEREST: "interest",
    DebtPart.FINE: "fine",
}
_SQL = Path(__file__).parent / "sql"
_TAX = (_SQL / "property_tax.sql").read_text(encoding="utf-8")
_DEBT = (_SQL / "property_debt.sql").read_text(encoding="utf-8")
_TITLE = (_SQL / "title_explanation.sql").read_text(encoding="utf-8")
# Settings of a transaction outlive a savepoint in it: they are set back by name.
_AS_PUBLIC = (_SQL / "as_public.sql").read_text(encoding="utf-8")
_AS_BEFORE = (_SQL / "as_before.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """The open bills of one property, oldest first; `key` is what they bear, None when there are none."""

    key: str | None
    titles: tuple[OpenTitle, ...]


def asker_of(request: HttpRequest) -> str:
    """Under what look-ups are counted: the account, and without one the address."""
    user = request.user
    return f"account {user.pk}" if user.is_authenticated else client_address(request)


def may_look_up(asker: str, *, municipality: Municipality) -> bool:
    """Takes one look-up of value or debt from who has no office there; False when none is left now.

    A page without value still helps, so this does not refuse the request as other doors do.
    """
    return (
        seconds_to_wait(PUBLIC_LOOKUP, asker) == 0
        and seconds_to_wait(PUBLIC_LOOKUP_DAILY, _there(asker, municipality)) == 0
    )


def check_look_up(asker: str, *, municipality: Municipality, tells_money: bool) -> None:
    """Takes one look-up out of the same buckets, or raises TooManyRequests.

    Without `tells_money` only facts are told that the layers tell anyway: those are not counted by day.
    """
    check_rate(PUBLIC_LOOKUP, asker)
    if tells_money:
        check_rate(PUBLIC_LOOKUP_DAILY, _there(asker, municipality))


def last_title(*, town: str, key: str) -> ShownTitle | None:
    """The last bill of the property with that normalised key; None without one, or where the town hides it."""
    row = _one(_TAX, town=town, key=key)
    if row is None:
        return None
    year, kind, number, base, total, explanation = row
    return shown_title(
        year=year,
        kind=kind,
        number=number,
        base=base,
        total=total,
        explanation=json.loads(explanation),
    )


def open_titles(*, town: str, key: str) -> tuple[OpenTitle, ...]:
    """The open bills of the property, oldest first; none where the town does not publish debts or knows no such key."""
    debt = open_debt(town=town, key=key)
    return debt.titles if debt else ()


def open_debt(*, town: str, key: str | None = None, title: str | None = None) -> OpenDebt | None:
    """What is open on the property that a normalised key or a title's number names.

    None where the town does not publish debts, and the same for what it does not know.
    """
    row = _one(_DEBT, town=town, key=key, title=title)
    if row is None:
        return None
    key_text, titles = row
    return OpenDebt(key_text, tuple(_open_title(told) for told in json.loads(titles)))


def numbered_title(*, town: str, number: str) -> tuple[str, ShownTitle] | None:
    """The key and the bill of that number; None without one, or where the town does not publish values."""
    row = _one(_TITLE, town=town, title=number)
    if row is None:
        return None
    year, kind, title_number, key_text, base, total, explanation = row
    bill = shown_title(
        year=year,
        kind=kind,
        number=title_number,
        base=base,
        total=total,
        explanation=json.loads(explanation),
    )
    return key_text, bill


def _there(asker: str, municipality: Municipality) -> str:
    return f"{municipality.slug} {asker}"


def _open_title(told: dict[str, Any]) -> OpenTitle:
    through = told["worked_through"]
    return open_title(
        Debt(
            ref=told["number"],
            number=told["number"],
            year=told["year"],
            kind=UnitKind(told["kind"]),
            unpaid={part: Decimal(told[name]) for part, name in _TOLD_PARTS.items()},
            issued_tax=Decimal(told["issued_tax"]),
            rural_follows_art_512=told["follows_512"],
            worked_through=date.fromisoformat(through) if through else None,
            is_taken_over=told["is_taken_over"],
        )
    )


@contextmanager
def public_cursor() -> Iterator[CursorWrapper]:
    """A cursor that may do what lindero_public may, for three seconds a statement: no private table is open to it.

    After an error the savepoint or the transaction that is rolled back gives the role back.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_AS_PUBLIC)
        yield cursor
        cursor.execute(_AS_BEFORE)


def _one(sql: str, **parameters: str | None) -> tuple[Any, ...] | None:
    with public_cursor() as cursor:
        cursor.execute(sql, parameters)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row

"""Value and debt of one property, asked through the schema `lookup`: one key in, one row out, and not many at once."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpRequest

from gis_project.portal.titles import OpenTitle, ShownTitle, shown_title
from gis_project.territory.addresses import client_address
from gis_project.territory.rate_limit import PUBLIC_LOOKUP, seconds_to_wait

_SQL = Path(__file__).parent / "sql"
_TAX = (_SQL / "property_tax.sql").read_text(encoding="utf-8")
_DEBT = (_SQL / "property_debt.sql").read_text(encoding="utf-8")


def may_look_up(request: HttpRequest) -> bool:
    """Takes one look-up of this address; False when there is none left now. People with an account are not counted.

    A page without value still helps, so this does not refuse the request as other doors do.
    """
    if request.user.is_authenticated:
        return True
    return seconds_to_wait(PUBLIC_LOOKUP, client_address(request)) == 0


def last_title(*, town: str, key: str) -> ShownTitle | None:
    """The last bill of the property with that normalised key; None without one, or where the town does not publish it."""
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
    row = _one(_DEBT, town=town, key=key)
    titles = json.loads(row[0]) if row else []
    return tuple(
        OpenTitle(
            year=title["year"],
            kind=title["kind"],
            number=title["number"],
            property_tax=Decimal(title["property_tax"]),
            fire_levy=Decimal(title["fire_levy"]),
            others=Decimal(title["others"]),
            total=Decimal(title["total"]),
        )
        for title in titles
    )


def _one(sql: str, **parameters: str) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row

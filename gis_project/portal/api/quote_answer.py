"""What is owed by year as the API tells it; a total that would be too low is not told."""

from collections.abc import Sequence
from typing import Any

from cadastre.taxation.debt_parts import DebtPart
from gis_project.core.assessment import line_as_dict
from gis_project.core.money import ZERO
from gis_project.portal.api.quote_schema import INTEREST_PENDING, QuoteStatus
from gis_project.portal.bills import OpenTitle
from gis_project.portal.due import Due, DueTitle

CURRENCY = "USD"
_LINE_FIELDS = ("concept", "label_es", "base", "rate", "rate_unit", "amount", "citation")


def quote_answer(due: Due, *, town: str, key: str | None, with_numbers: bool) -> dict[str, Any]:
    """The quote of that day; title numbers only `with_numbers`."""
    years = [
        *(_unsettled(title, QuoteStatus.INTEREST_PENDING) for title in due.pending),
        *(_payable(title) for title in (*due.overdue, *due.payable)),
        *(_unsettled(title, QuoteStatus.NOT_YET_PAYABLE) for title in due.coming),
    ]
    years.sort(key=lambda told: (told["year"], told["title"]))
    if not with_numbers:
        for year in years:
            del year["title"]
    return {
        "municipality": town,
        "key": key,
        "on": due.on,
        "currency": CURRENCY,
        "years": years,
        "payable_total": str(due.total),
        "has_interest_pending": bool(due.pending),
        "total": None if due.pending else str(due.whole),
        "valid_through": _first_change((*due.overdue, *due.payable)),
    }


def _payable(due: DueTitle) -> dict[str, Any]:
    adjustment = line_as_dict(due.adjustment) if due.adjustment else None
    return _amounts(due.title) | {
        "status": QuoteStatus.PAYABLE,
        "adjustment": {name: adjustment[name] for name in _LINE_FIELDS} if adjustment else None,
        "interest": str(due.amount.unpaid.get(DebtPart.INTEREST, ZERO)),
        "total": str(due.amount.total),
        "valid_through": due.amount.valid_through,
    }


def _unsettled(title: OpenTitle, status: QuoteStatus) -> dict[str, Any]:
    runs = status is QuoteStatus.INTEREST_PENDING
    return _amounts(title) | {
        "status": status,
        "adjustment": None,
        "interest": INTEREST_PENDING if runs else "0.00",
        "total": None,
        "valid_through": None,
    }


def _amounts(title: OpenTitle) -> dict[str, Any]:
    return {
        "year": title.year,
        "kind": title.kind,
        "title": title.number,
        "principal": str(title.total),
        "property_tax": str(title.property_tax),
        "fire_levy": str(title.fire_levy),
        "others": str(title.others),
    }


def _first_change(payable: Sequence[DueTitle]) -> Any:
    return min((due.amount.valid_through for due in payable), default=None)

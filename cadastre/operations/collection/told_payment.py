"""What a receipt tells of a payment, as it was worked out: by title what was paid, added, spared and stays unpaid."""

from collections.abc import Sequence
from typing import Any

from cadastre.queries.debts import OwedTitle
from cadastre.taxation.imputation import Imputation, Settlement
from gis_project.core.assessment import line_as_dict
from gis_project.core.money import ZERO


def told_payment(titles: Sequence[OwedTitle], made: Imputation) -> dict[str, Any]:
    """JSON values, amounts as strings; nobody's name."""
    by_ref = {title.debt.ref: title for title in titles}
    return {
        "titles": [_told(by_ref[one.due.debt.ref], one) for one in made.settlements],
        "credit": str(made.left),
    }


def _told(title: OwedTitle, settled: Settlement) -> dict[str, Any]:
    due, debt = settled.due, title.debt
    reliefs = due.reliefs if settled.is_whole else ()
    added = [line for line in (due.surcharge, due.interest) if line is not None]
    left = due.gross - settled.amount + sum((relief.line.amount for relief in reliefs), ZERO)
    return {
        "number": debt.number,
        "year": debt.year,
        "kind": str(debt.kind),
        "key": title.key,
        "property_number": title.property_number,
        "paid": {str(part): str(amount) for part, amount in settled.paid.items()},
        "amount": str(settled.amount),
        "lines": [line_as_dict(line) for line in (*added, *(one.line for one in reliefs))],
        "left": str(left),
    }

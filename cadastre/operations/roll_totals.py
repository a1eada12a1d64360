"""Control totals of an emission: as the assessor adds up, and as the database does, by another way."""

import json
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection

from cadastre.models import TaxRoll
from cadastre.operations.assess_roll import Bill
from gis_project.core.errors import Conflict
from gis_project.core.money import ZERO

_CHECK = (Path(__file__).parent / "sql" / "roll_control_totals.sql").read_text(encoding="utf-8")


class ControlTotalsDiffer(Conflict):
    """The database adds the titles up to something else than the assessor did: nothing was written."""

    code = "control_totals_differ"


def control_totals(bills: Sequence[Bill]) -> dict[str, Any]:
    """Count, base, sums by concept and parish, and the total, amounts as strings."""
    by_concept: dict[str, Decimal] = defaultdict(lambda: ZERO)
    by_parish: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for bill in bills:
        by_parish[bill.unit.parish_code] += bill.assessment.total
        for line in bill.assessment.lines:
            by_concept[line.concept] += line.amount
    return {
        "count": len(bills),
        "base": str(sum((bill.assessment.appraised_value for bill in bills), ZERO)),
        "by_concept": {name: str(by_concept[name]) for name in sorted(by_concept)},
        "by_parish": {code: str(by_parish[code]) for code in sorted(by_parish)},
        "total": str(sum((bill.assessment.total for bill in bills), ZERO)),
    }


def check_totals(roll: TaxRoll) -> None:
    """The database adds up what it holds; ControlTotalsDiffer where that is not what the roll says."""
    with connection.cursor() as cursor:
        cursor.execute(_CHECK, [roll.pk] * 4)
        [(count, total, lines_total, by_concept)] = cursor.fetchall()
    stored = roll.control_totals
    found = {"count": count, "total": str(total), "by_concept": json.loads(by_concept)}
    told = {key: stored[key] for key in ("count", "total", "by_concept")}
    if found != told or total != lines_total:
        raise ControlTotalsDiffer(
            "Los totales de control no coinciden: no se escribió nada. Avise a soporte.",
            details={"database": found, "assessor": told, "lines_total": str(lines_total)},
        )

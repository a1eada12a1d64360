"""Titles, lines and exceptions of an emission into their tables, by COPY; part of emit_tax_roll."""

import json
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID, uuid4

from cadastre.models import RollException, TaxRoll
from cadastre.operations.assess_roll import Bill, Unbilled
from cadastre.operations.copy_rows import copy_rows
from cadastre.taxation.assess_taxpayer import bill_explanation
from cadastre.taxation.concepts import account_of

_TITLE = """id, municipality_id, roll_id, unit_id, taxpayer_id, number, key_text, property_number, parish_code,
    zone_code, base, property_tax, fire_levy, others, total, state, explanation, portfolio"""
_LINE = "title_id, position, concept, base, rate_per_mille, amount, account"


def write_titles(roll: TaxRoll, bills: Sequence[Bill], *, accounts: Mapping[str, str]) -> None:
    """COPYs one title a bill, numbered without gaps in their order, and its lines with their accounts."""
    ids = [uuid4() for _ in bills]
    copy_rows("cadastre_taxtitle", _TITLE, _titles(roll, bills, ids))
    copy_rows("cadastre_titleline", _LINE, _lines(bills, ids, accounts))


def _titles(
    roll: TaxRoll, bills: Sequence[Bill], ids: Sequence[UUID]
) -> Iterator[tuple[object, ...]]:
    series = f"{roll.kind[0]}{roll.supplement or ''}"
    for position, (title_id, bill) in enumerate(zip(ids, bills, strict=True), start=1):
        made = bill.assessment
        yield (
            title_id,
            roll.municipality_id,
            roll.pk,
            bill.unit.unit_id,
            bill.unit.holders[0],
            f"{roll.year}-{series}-{position:06d}",
            bill.unit.key,
            bill.unit.number,
            bill.unit.parish_code,
            bill.held.unit.zone_code or "",
            made.appraised_value,
            made.property_tax,
            made.fire_levy,
            made.others,
            made.total,
            "ISSUED",
            json.dumps(bill_explanation(bill.held, made), ensure_ascii=False),
            json.dumps(
                made.portfolio.as_dict()
                | {"taxpayers": sorted(str(party) for party in bill.unit.holders)},
                ensure_ascii=False,
            ),
        )


def _lines(
    bills: Sequence[Bill], ids: Sequence[UUID], accounts: Mapping[str, str]
) -> Iterator[tuple[object, ...]]:
    for title_id, bill in zip(ids, bills, strict=True):
        for position, line in enumerate(bill.assessment.lines, start=1):
            rate = line.rate if line.rate_unit == "PER_MILLE" else None
            account = account_of(line.concept, accounts)
            yield title_id, position, line.concept, line.base, rate, line.amount, account


def write_exceptions(roll: TaxRoll, unbilled: Sequence[Unbilled]) -> None:
    """One row for each predio that got no title."""
    RollException.objects.bulk_create(
        [
            RollException(roll=roll, unit_id=row.unit.unit_id, code=row.code, reason=row.reason)
            for row in unbilled
        ],
        batch_size=2000,
    )


def write_doubts(roll: TaxRoll, bills: Sequence[Bill]) -> int:
    """How many facts might lower these bills and are not known; one row each, for the work list."""
    rows = [
        (roll.pk, bill.unit.unit_id, doubt.taxpayer_id or None, doubt.code)
        for bill in bills
        for doubt in bill.assessment.doubts
    ]
    copy_rows("cadastre_rolldoubt", "roll_id, unit_id, party_id, code", rows)
    return len(rows)

"""Titles, lines and exceptions of an emission into their tables, by COPY; part of emit_tax_roll."""

import json
from collections.abc import Sequence
from uuid import uuid4

from django.db import connection

from cadastre.models import RollException, TaxRoll
from cadastre.operations.assess_roll import Bill, Unbilled
from cadastre.taxation.assess_taxpayer import bill_explanation
from gis_project.core.canonical import canonical_json

_COPY_TITLES = """COPY cadastre_taxtitle (id, municipality_id, roll_id, unit_id, taxpayer_id, number, key_text,
    property_number, parish_code, zone_code, base, property_tax, fire_levy, others, total, state, explanation,
    portfolio) FROM STDIN"""
_COPY_LINES = """COPY cadastre_titleline (title_id, position, concept, base, rate_per_mille, amount, account)
    FROM STDIN"""


def write_titles(roll: TaxRoll, bills: Sequence[Bill]) -> None:
    """COPYs one title a bill, numbered without gaps in their order, and its lines."""
    ids = [uuid4() for _ in bills]
    letter = roll.kind[0]
    with connection.cursor() as cursor, cursor.copy(_COPY_TITLES) as copy:
        for position, (title_id, bill) in enumerate(zip(ids, bills, strict=True), start=1):
            made = bill.assessment
            copy.write_row(
                (
                    title_id,
                    roll.municipality_id,
                    roll.pk,
                    bill.unit.unit_id,
                    bill.unit.holders[0],
                    f"{roll.year}-{letter}-{position:06d}",
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
                    canonical_json(
                        made.portfolio.as_dict()
                        | {"taxpayers": sorted(str(party) for party in bill.unit.holders)}
                    ).decode(),
                )
            )
    with connection.cursor() as cursor, cursor.copy(_COPY_LINES) as copy:
        for title_id, bill in zip(ids, bills, strict=True):
            for position, line in enumerate(bill.assessment.lines, start=1):
                rate = line.rate if line.rate_unit == "PER_MILLE" else None
                copy.write_row((title_id, position, line.concept, line.base, rate, line.amount, ""))


def write_exceptions(roll: TaxRoll, unbilled: Sequence[Unbilled]) -> None:
    """One row for each predio that got no title."""
    RollException.objects.bulk_create(
        [
            RollException(roll=roll, unit_id=row.unit.unit_id, code=row.code, reason=row.reason)
            for row in unbilled
        ],
        batch_size=2000,
    )

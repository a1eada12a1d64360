"""Takes over the titles of former years from the old system: open and paid, each cent as it was told there.

A title whose predio is not found enters without one and is listed. The ledger gets one entry for the whole file.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from cadastre.collection.postings import charge_postings
from cadastre.imports.arrears_map import ArrearsMap
from cadastre.imports.arrears_report import ArrearsReport, sums_of
from cadastre.imports.arrears_rows import ArrearsRecord, read_arrears
from cadastre.imports.raw_layer import RawLayer
from cadastre.models import ArrearsLine, ArrearsTitle, ImportBatch, LedgerEntry
from cadastre.operations.collection.write_entry import Booking, write_entry
from cadastre.operations.import_act import SourceFile
from cadastre.queries.units_by_name import units_by_key, units_by_number
from cadastre.taxation.debt_parts import DebtPart
from gis_project.core.errors import Conflict
from gis_project.core.money import ZERO
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can
from gis_project.territory.scope import within

_BATCH = 2_000


class ArrearsToldOtherwise(Conflict):
    """A title that was taken over before comes with another balance: what is booked is not changed by a file."""

    code = "arrears_told_otherwise"


def import_arrears(
    *,
    layer: RawLayer,
    source: SourceFile,
    told: ArrearsMap,
    municipality: Municipality,
    by: Actor,
    commit: bool,
) -> ArrearsReport:
    """The report; without ``commit`` nothing stays written. A title of the same year and number enters once.

    Raises InvalidMap, ArrearsToldOtherwise, NotAllowed.
    """
    today = today_in(municipality)
    check_can(by, "supervise_collection", municipality=municipality, on=today)
    records, rejected = read_arrears(layer, told)
    with within(municipality), transaction.atomic():
        fresh = _not_yet_there(municipality, records)
        batch = ImportBatch.objects.create(
            municipality=municipality,
            subject="arrears",
            file_name=source.name,
            file_sha256=source.sha256,
            read=len(layer.records),
            admitted=len(layer.records) - len(rejected),
            observed=0,
            rejected=len(rejected),
            unchanged=_rows(records) - _rows(fresh),
        )
        unmatched = _write(municipality, batch, fresh)
        balances = _balances(fresh)
        if postings := charge_postings(balances, against="TAKEN_OVER"):
            write_entry(
                Booking(
                    municipality=municipality,
                    kind=LedgerEntry.Kind.TAKE_OVER,
                    booked_on=today,
                    reason=f"Cartera del sistema anterior: {source.name}"[:300],
                ),
                postings,
                by=by,
            )
        record_audit_event(
            municipality=municipality,
            actor=by,
            action="import_arrears",
            object_type="cadastre.ImportBatch",
            object_id=batch.pk,
            body={
                "file_sha256": source.sha256,
                "titles": len(fresh),
                "balances": {str(part): amount for part, amount in balances.items()},
            },
        )
        if not commit:
            transaction.set_rollback(True)
    return ArrearsReport(
        municipality=municipality.name,
        file_name=source.name,
        map_title=told.title,
        is_committed=commit,
        read=len(layer.records),
        new=len(fresh),
        known=len(records) - len(fresh),
        unmatched=unmatched,
        rejected=rejected,
        sums=sums_of(records),
    )


def _rows(records: Sequence[ArrearsRecord]) -> int:
    return sum(len(one.concepts) for one in records)


def _not_yet_there(
    municipality: Municipality, records: Sequence[ArrearsRecord]
) -> list[ArrearsRecord]:
    there: dict[tuple[int, str], Decimal] = {}
    lines = ArrearsLine.objects.filter(title__municipality=municipality)
    for year, number, issued, paid in lines.values_list(
        "title__year", "title__number", "issued", "paid"
    ):
        there[year, number] = there.get((year, number), ZERO) + issued - paid
    for record in records:
        known = there.get((record.year, record.number))
        if known is not None and known != record.balance:
            raise ArrearsToldOtherwise(
                f"El título {record.number} de {record.year} ya se cargó con otro saldo ({known}); el archivo dice "
                f"{record.balance}. Lo cobrado desde entonces consta aquí: no cargue otra vez el archivo viejo.",
            )
    return [record for record in records if (record.year, record.number) not in there]


def _write(
    municipality: Municipality, batch: ImportBatch, records: Sequence[ArrearsRecord]
) -> list[ArrearsRecord]:
    """The titles that entered without a predio."""
    by_key = units_by_key(municipality, {one.key for one in records if one.key})
    by_number = units_by_number(
        municipality, {one.property_number for one in records if one.property_number}
    )
    titles, lines, unmatched = [], [], []
    for one in records:
        unit = by_key.get(one.key) or by_number.get(one.property_number)
        if unit is None:
            unmatched.append(one)
        title = ArrearsTitle(
            municipality=municipality,
            batch=batch,
            unit_id=unit,
            number=one.number,
            year=one.year,
            kind=one.kind,
            key_text=one.key_text,
            property_number=one.property_number,
            debtor_document=one.debtor_document,
            debtor_name=one.debtor_name,
            issued_on=one.issued_on,
            notified_on=one.notified_on,
            worked_through=one.worked_through,
            state=one.state,
        )
        titles.append(title)
        lines += [
            ArrearsLine(
                title=title,
                concept=concept.concept,
                part=concept.part,
                issued=concept.issued,
                paid=concept.paid,
            )
            for concept in one.concepts
        ]
    ArrearsTitle.objects.bulk_create(titles, batch_size=_BATCH)
    ArrearsLine.objects.bulk_create(lines, batch_size=_BATCH)
    return unmatched


def _balances(records: Sequence[ArrearsRecord]) -> dict[DebtPart, Decimal]:
    found: dict[DebtPart, Decimal] = {}
    for record in records:
        if record.state != "WITHDRAWN":
            for one in record.concepts:
                part = DebtPart(one.part)
                found[part] = found.get(part, ZERO) + one.balance
    return found

"""Takes in the monthly list of a notary or the Registro: what was inscribed and nobody brought.

The register does not change: each transfer is registered by its own act, with its documents.
"""

from collections import Counter

from django.db import transaction

from cadastre.imports.raw_layer import RawLayer
from cadastre.imports.transfer_map import TransferMap
from cadastre.imports.transfer_report import TransferReport
from cadastre.imports.transfer_rows import TransferRow, read_transfers
from cadastre.keys.plain_text import plain
from cadastre.models import ImportBatch, TransferNotice
from cadastre.operations.import_act import SourceFile
from cadastre.queries.judged_notices import (
    TOLD,
    WHAT_TO_DO,
    JudgedNotice,
    Verdict,
    judged_notices,
)
from gis_project.core.money import format_usd
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can
from gis_project.territory.scope import within

_WORK_FIRST = [
    Verdict.NOT_BROUGHT,
    Verdict.HOLDER_DIFFERS,
    Verdict.KEY_NOT_FOUND,
    Verdict.REGISTERED,
]


def import_transfer_list(
    *,
    layer: RawLayer,
    source: SourceFile,
    told: TransferMap,
    municipality: Municipality,
    by: Actor,
    commit: bool,
) -> TransferReport:
    """The report; without ``commit`` nothing stays written. A transfer that was told before enters once.

    Raises InvalidMap, NotAllowed.
    """
    today = today_in(municipality)
    check_can(by, "import_data", municipality=municipality, on=today)
    check_can(by, "view_personal_data", municipality=municipality, on=today)
    rows, rejected = read_transfers(layer, told)
    prints = {row.fingerprint(told.origin): row for row in reversed(rows)}
    with within(municipality), transaction.atomic():
        mine = TransferNotice.objects.filter(municipality=municipality)
        there = set(mine.filter(fingerprint__in=prints).values_list("fingerprint", flat=True))
        fresh = {digest: row for digest, row in prints.items() if digest not in there}
        batch = ImportBatch.objects.create(
            municipality=municipality,
            subject="transfers",
            file_name=source.name,
            file_sha256=source.sha256,
            read=len(layer.records),
            admitted=len(rows),
            observed=0,
            rejected=len(rejected),
            unchanged=len(rows) - len(fresh),
        )
        TransferNotice.objects.bulk_create(
            (
                _notice(row, digest, municipality, batch, told.origin)
                for digest, row in sorted(fresh.items(), key=lambda pair: pair[1].position)
            ),
            batch_size=2_000,
        )
        wanted = set(mine.filter(fingerprint__in=prints).values_list("id", flat=True))
        judged = [one for one in judged_notices(municipality, on=today) if one.id in wanted]
        judged.sort(key=lambda one: (_WORK_FIRST.index(Verdict(one.verdict)), one.row_number))
        verdicts = Counter(TOLD[Verdict(one.verdict)] for one in judged)
        record_audit_event(
            municipality=municipality,
            actor=by,
            action="import_transfer_list",
            object_type="cadastre.ImportBatch",
            object_id=batch.pk,
            body={"file_sha256": source.sha256, "read": batch.read, "new": len(fresh)},
        )
        log_access(
            municipality=municipality,
            actor=by,
            action="import_transfer_list",
            query=source.sha256,
            purpose="Cruce de la lista mensual de transferencias",
            found=len(judged),
        )
        if not commit:
            transaction.set_rollback(True)
    return TransferReport(
        municipality=municipality.name,
        file_name=source.name,
        map_title=told.title,
        is_committed=commit,
        read=len(layer.records),
        new=len(fresh),
        repeated=len(rows) - len(fresh),
        rejected=rejected,
        verdicts=verdicts,
        lines=[_line(one) for one in judged],
    )


def _notice(
    row: TransferRow, digest: str, municipality: Municipality, batch: ImportBatch, origin: str
) -> TransferNotice:
    return TransferNotice(
        municipality=municipality,
        batch=batch,
        row_number=row.position,
        fingerprint=digest,
        origin=origin,
        inscription=row.inscription,
        repertory=row.repertory,
        noticed_on=row.noticed_on,
        notary=row.notary,
        key_text=row.key_text,
        key_normalised=row.key,
        property_number=row.property_number,
        seller_document=row.seller_document,
        seller_name=row.seller_name,
        seller_search=plain(row.seller_name),
        buyer_document=row.buyer_document,
        buyer_name=row.buyer_name,
        buyer_search=plain(row.buyer_name),
        price=row.price,
    )


def _line(one: JudgedNotice) -> list[str]:
    verdict = Verdict(one.verdict)
    return [
        str(one.row_number),
        TOLD[verdict],
        WHAT_TO_DO[verdict],
        one.noticed_on.isoformat(),
        one.inscription,
        one.repertory,
        one.notary,
        one.key_text,
        one.property_number,
        one.seller_document,
        one.seller_name,
        one.buyer_document,
        one.buyer_name,
        "" if one.price is None else format_usd(one.price),
    ]

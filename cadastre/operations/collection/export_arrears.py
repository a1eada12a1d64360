"""The list of who owes what and since when, for the treasurer's letters and the coactiva; the look is recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from cadastre.models import ArrearsTitle, TaxTitle
from cadastre.queries.collection_reports import (
    UnpaidTitle,
    owed_since,
    prescribes_on,
    unpaid_titles,
)
from cadastre.queries.debts import debts_by_id, titles_due
from cadastre.queries.published_rates import rates_and_remissions
from gis_project.core.money import ZERO
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, can, check_can

HEAD = (
    "numero_titulo",
    "anio",
    "clase",
    "clave",
    "numero_predio",
    "deudor",
    "documento",
    "saldo",
    "recargo_e_interes_hoy",
    "total_hoy",
    "se_debe_desde",
    "prescribe",
    "estado",
    "observacion",
)
_PAGE = 2_000


@dataclass(frozen=True, slots=True)
class ArrearsList:
    """The rows as HEAD names them, and what they add up to as the books say."""

    rows: Sequence[tuple[object, ...]]
    unpaid: Decimal


def export_arrears(
    municipality: Municipality, *, through_year: int, purpose: str, by: Actor
) -> ArrearsList:
    """Unpaid titles through that year, by year and number, with the debtor's name.

    Only who pursues debts or supervises the collection. Raises NotAllowed.
    """
    today = today_in(municipality)
    if not can(by, "supervise_collection", municipality=municipality, on=today):
        check_can(by, "pursue_debts", municipality=municipality, on=today)
    wanted = [one for one in unpaid_titles(municipality) if one.year <= through_year]
    with transaction.atomic():
        record_audit_event(
            municipality=municipality,
            actor=by,
            action="export_arrears",
            object_type="municipality",
            object_id=municipality.pk,
            body={"through_year": through_year, "titles": len(wanted)},
        )
        log_access(
            municipality=municipality,
            actor=by,
            action="export_arrears",
            query=str(through_year),
            purpose=purpose[:300],
            found=len(wanted),
        )
    rows = list(_rows(municipality, wanted, today))
    return ArrearsList(rows, sum((one.unpaid for one in wanted), ZERO))


def _rows(
    municipality: Municipality, wanted: Sequence[UnpaidTitle], on: date
) -> Iterator[tuple[object, ...]]:
    law = rates_and_remissions(municipality)
    for start in range(0, len(wanted), _PAGE):
        page = wanted[start : start + _PAGE]
        ids = [one.id for one in page]
        debtors = _debtors(ids)
        dues = {
            one.title.id: one for one in titles_due(debts_by_id(municipality, ids), on=on, law=law)
        }
        for one in page:
            told = dues[one.id]
            name, document = debtors.get(one.id, ("", ""))
            yield (
                one.number,
                one.year,
                one.kind,
                one.key,
                one.property_number,
                name,
                document,
                one.unpaid,
                told.due.total - one.unpaid if told.due else None,
                told.due.total if told.due else None,
                owed_since(one.year),
                prescribes_on(one),
                one.state,
                told.why_not,
            )


def _debtors(ids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    ours = TaxTitle.objects.filter(pk__in=ids).values_list(
        "pk", "taxpayer__identity__full_name", "taxpayer__identity__id_number"
    )
    former = ArrearsTitle.objects.filter(pk__in=ids).values_list(
        "pk", "debtor_name", "debtor_document"
    )
    return {pk: (name or "", document or "") for pk, name, document in (*ours, *former)}

"""A paper is issued: paid, numbered without a gap, composed once, stored under its hash, audited."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from gis_project.core.canonical import plain_value
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.core.money import format_usd
from gis_project.core.periods import civil_date
from gis_project.core.verification_code import new_code
from gis_project.territory.file_store import store_file
from gis_project.territory.models import Municipality, Paper, Role
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.paper_number import next_serial, paper_number
from gis_project.territory.policy import Actor, check_can, person
from gis_project.territory.queries.paper_rules import fee_of, signing_rule_of

# The receipts' own: the papers' numbers are given under 7, signatures under 8, procedures under 9.
_LOCK_SPACE = 10

# Who may issue which kind; the others need issue_certificates.
CAPABILITY = {"PLANNING_REPORT": "issue_planning_report"}


class PaperNotPaid(InvalidInput):
    """The paper has a fee: write the receipt's number and the amount paid, equal to the fee."""

    code = "paper_not_paid"


class ReceiptSpent(Conflict):
    """The receipt paid other papers already: take another one, or write its whole amount if it pays for several."""

    code = "receipt_spent"


class ReceiptToldOtherwise(Conflict):
    """Another paper says that the receipt is of another total: copy the receipt's own, or void that paper first."""

    code = "receipt_told_otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What the counter typed from the receipt; nothing for a paper without fee.

    ``amount`` pays this paper. ``total`` is what the whole receipt says, where it pays for several papers;
    told once, it holds for all of them.
    """

    receipt: str = ""
    amount: Decimal = Decimal(0)
    total: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSubject:
    """Whom or what the paper is about, and the public facts that /verify tells and checks again."""

    subject_type: str
    subject_id: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHead:
    """What is printed around the content; amounts in USD, `signers` are the roles' names."""

    number: str
    code: str
    verify_url: str
    municipality: str
    office: str
    is_sample: bool
    issued_at: datetime
    issued_on: date
    valid_until: date
    fee: Decimal
    fee_article: str
    receipt: str
    signers: tuple[str, ...]


def capability_for(kind: str) -> str:
    """The capability that issuing a kind of paper asks for."""
    return CAPABILITY.get(kind, "issue_certificates")


def issue_paper(
    *,
    municipality: Municipality,
    kind: str,
    by: Actor,
    subject: PaperSubject,
    payment: Payment,
    compose: Callable[[PaperHead], bytes],
    office: str,
    is_official_copy: bool = False,
) -> Paper:
    """The issued paper, unsigned. `compose` makes the PDF once the number is known.

    Raises NotAllowed, PaperRuleMissing, PaperNotPaid, ReceiptToldOtherwise, ReceiptSpent. A failure uses no number up.
    """
    at = timezone.now().replace(microsecond=0)
    on = civil_date(at, time_zone=municipality.time_zone)
    check_can(by, capability_for(kind), municipality=municipality, on=on)
    fee = fee_of(municipality=municipality, kind=kind, on=on)
    rule = signing_rule_of(municipality=municipality, kind=kind, on=on)
    _check_paid(fee.amount, payment, fee.article)
    names = dict(Role.objects.filter(code__in=rule.roles).values_list("code", "name"))
    with transaction.atomic():
        total = _checked_total(municipality, payment)
        serial = next_serial(municipality=municipality, kind=kind, year=on.year)
        code = new_code()
        head = PaperHead(
            number=paper_number(kind, on=on, serial=serial),
            code=code,
            verify_url=f"{settings.PUBLIC_URL}/verify/{code}",
            municipality=municipality.official_name,
            office=office,
            is_sample=municipality.is_sample,
            issued_at=at,
            issued_on=on,
            valid_until=on + timedelta(days=fee.validity_days),
            fee=fee.amount,
            fee_article=fee.article,
            receipt=payment.receipt.strip(),
            signers=tuple(names[role] for role in rule.roles),
        )
        paper = Paper.objects.create(
            municipality=municipality,
            kind=kind,
            year=on.year,
            serial=serial,
            code=code,
            subject_type=subject.subject_type,
            subject_id=subject.subject_id,
            is_official_copy=is_official_copy,
            facts=plain_value(subject.facts),
            body=store_file(compose(head), media_type="application/pdf"),
            office=office,
            roles=rule.roles,
            issued_at=at,
            issued_on=on,
            issued_by=person(by),
            valid_until=head.valid_until,
            fee=fee,
            receipt=head.receipt,
            amount_paid=payment.amount,
            receipt_total=total,
        )
        record_audit_event(
            municipality=municipality,
            actor=by,
            action="issue_paper",
            object_type="paper",
            object_id=paper.pk,
            body={
                "number": head.number,
                "kind": str(kind),
                "facts": paper.facts,
                "body_sha256": paper.body_id,
                "amount_paid": payment.amount,
                "receipt_total": total,
                "is_official_copy": is_official_copy,
            },
        )
    return paper


def _check_paid(fee: Decimal, payment: Payment, article: str) -> None:
    if payment.amount != fee:
        raise PaperNotPaid(
            f"La tasa de este documento es {format_usd(fee, symbol=True)} ({article}): escriba ese "
            "valor, pagado en recaudación.",
            details={"fee": str(fee)},
        )
    if fee and not payment.receipt.strip():
        raise PaperNotPaid(
            "Escriba el número del comprobante con que se pagó la tasa.", details={"fee": str(fee)}
        )


def receipt_total_of(municipality: Municipality, receipt: str) -> Decimal | None:
    """What the papers in force say that the whole receipt is of, USD; None where none tells."""
    told = _paid_with(municipality, receipt).exclude(receipt_total=None)
    return told.order_by("issued_at").values_list("receipt_total", flat=True).first()


def _paid_with(municipality: Municipality, receipt: str) -> QuerySet[Paper]:
    return Paper.objects.filter(
        municipality=municipality, receipt=receipt.strip(), voiding__isnull=True
    )


def _checked_total(municipality: Municipality, payment: Payment) -> Decimal | None:
    """The receipt's total to keep. It pays for as many papers as it covers; what paid for a void one is free again."""
    receipt = payment.receipt.strip()
    if not payment.amount:
        return None
    with connection.cursor() as cursor:
        place = f"{municipality.pk} {receipt}"
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK_SPACE, place])
    known = receipt_total_of(municipality, receipt)
    if known is not None and payment.total is not None and payment.total != known:
        raise ReceiptToldOtherwise(
            f"El comprobante {receipt} consta por {format_usd(known, symbol=True)}: copie el total que lleva "
            "impreso; si se escribió mal, anule los documentos que lo dicen y emítalos de nuevo.",
            details={"known": str(known), "told": str(payment.total)},
        )
    kept = payment.total if known is None else known
    spent = _paid_with(municipality, receipt).aggregate(spent=Sum("amount_paid"))["spent"]
    spent = spent or Decimal(0)
    total = payment.amount if kept is None else kept
    if spent + payment.amount > total:
        raise ReceiptSpent(
            f"El comprobante {receipt} es de {format_usd(total, symbol=True)} y ya pagó documentos por "
            f"{format_usd(spent, symbol=True)}: cobre este con otro comprobante, o escriba el total del "
            "comprobante si pagó varios.",
            details={"spent": str(spent), "total": str(total)},
        )
    return kept

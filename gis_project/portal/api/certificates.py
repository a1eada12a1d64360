"""POST /api/<m>/certificates issues a paper; GET /api/<m>/certificates/<code>.pdf hands it out."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from ninja.security import django_auth
from pydantic import ConfigDict, Field

from cadastre.operations.issue_certificate import issue_certificate
from cadastre.operations.issue_holdings import issue_holdings
from cadastre.queries.properties import find_property
from gis_project.core.errors import InvalidInput
from gis_project.core.verification_code import shown_code
from gis_project.portal.api.parameters import MunicipalityName
from gis_project.portal.paper_answer import PaperNotFound
from gis_project.portal.papers_of import may_read, paper_in
from gis_project.territory.clock import today_in
from gis_project.territory.models import Paper
from gis_project.territory.operations.issue_paper import Payment
from gis_project.territory.operations.sign_paper import latest_file, missing_roles
from gis_project.territory.paper_number import number_of
from gis_project.territory.policy import municipality_for
from gis_project.territory.queries.named_municipality import named_municipality

router = Router(tags=["documentos"], auth=django_auth)

Kind = Literal["APPRAISAL", "HOLDINGS", "NO_DEBT", "PLANNING_REPORT", "BOUNDARIES", "PLAN"]


class SubjectMissing(InvalidInput):
    """A paper on a predio needs its key, one on a person the document: send the one that is missing."""

    code = "subject_missing"


class CertificateIn(Schema):
    model_config = ConfigDict(extra="forbid")

    kind: Kind
    key: Annotated[str, Field(max_length=100)] = ""
    document: Annotated[str, Field(max_length=20)] = ""
    name: Annotated[str, Field(max_length=200)] = ""
    receipt: Annotated[str, Field(max_length=60)] = ""
    amount: Annotated[str, Field(pattern=r"^\d{1,6}(\.\d{1,2})?$")] = "0"
    receipt_total: Annotated[str, Field(pattern=r"^(\d{1,8}(\.\d{1,2})?)?$")] = ""
    official_copy: bool = False
    sheet: Literal["a4", "a3"] | None = None


class CertificateOut(Schema):
    dry_run: bool
    kind: str
    number: str
    code: str | None
    verify: str | None
    pdf: str | None
    issued_on: str
    valid_until: str
    facts: dict[str, Any]
    waits_for: list[str]
    body_sha256: str | None


def _usd(told: str) -> Decimal:
    return Decimal(told).quantize(Decimal("0.01"))


@router.post(
    "/{municipality}/certificates",
    response={200: CertificateOut, 201: CertificateOut},
    operation_id="issue_certificate",
    summary="Emitir un certificado, informe o plano",
)
def issue(
    request: HttpRequest,
    municipality: MunicipalityName,
    asked: CertificateIn,
    dry_run: bool = False,
) -> Status[dict[str, Any]]:
    """Con `dry_run=true` dice lo que se certificaría y nada queda escrito ni numerado.

    `amount` es el valor pagado de la tasa, con su comprobante en `receipt`; si el comprobante paga varios
    documentos, su total va en `receipt_total`. El documento sale sin
    firma: lo firma el funcionario (`waits_for`).
    """
    place = municipality_for(request.user, municipality, on=timezone.localdate())
    payment = Payment(
        receipt=asked.receipt,
        amount=_usd(asked.amount),
        total=_usd(asked.receipt_total) if asked.receipt_total else None,
    )
    with transaction.atomic():
        if asked.kind == "HOLDINGS":
            if not asked.document:
                raise SubjectMissing("Escriba el documento de la persona (document).")
            paper = issue_holdings(
                municipality=place,
                document=asked.document,
                name=asked.name,
                by=request.user,
                payment=payment,
            )
        else:
            if not asked.key:
                raise SubjectMissing("Escriba la clave del predio (key).")
            paper = issue_certificate(
                find_property(municipality=place, text=asked.key),
                kind=asked.kind,
                by=request.user,
                payment=payment,
                is_official_copy=asked.official_copy,
                sheet=asked.sheet,
            )
        told = _told(paper, dry_run=dry_run)
        transaction.set_rollback(dry_run)
    return Status(200 if dry_run else 201, told)


@router.get(
    "/{municipality}/certificates/{code}.pdf",
    operation_id="certificate_pdf",
    summary="El documento en PDF, con las firmas que ya tiene",
    openapi_extra={
        "responses": {200: {"description": "PDF/A", "content": {"application/pdf": {}}}}
    },
)
def certificate_pdf(
    request: HttpRequest, municipality: MunicipalityName, code: str
) -> HttpResponse:
    """Para funcionarios que emiten o firman, y para la persona de quien trata el documento."""
    place = named_municipality(municipality)
    paper = paper_in(place, code)
    if not may_read(paper, request.user, on=today_in(place)):
        raise PaperNotFound("No hay un documento con ese código en este municipio.")
    response = HttpResponse(latest_file(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{number_of(paper)}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _told(paper: Paper, *, dry_run: bool) -> dict[str, Any]:
    slug = paper.municipality.slug
    return {
        "dry_run": dry_run,
        "kind": paper.kind,
        "number": number_of(paper),
        "code": None if dry_run else shown_code(paper.code),
        "verify": None if dry_run else f"/verify/{paper.code}",
        "pdf": None if dry_run else f"/api/{slug}/certificates/{paper.code}.pdf",
        "issued_on": paper.issued_on.isoformat(),
        "valid_until": paper.valid_until.isoformat(),
        "facts": paper.facts,
        "waits_for": missing_roles(paper),
        "body_sha256": None if dry_run else paper.body_id,
    }

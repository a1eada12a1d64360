"""/api/<m>/proposals/<p>/documents and /api/<m>/documents/<d>/confirm: a document arrives, and is confirmed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status, UploadedFile
from ninja.security import django_auth
from pydantic import ConfigDict, Field

from cadastre.api.act_schema import DocumentOut, SourceIn, document_out
from cadastre.api.desk import desk_of
from cadastre.models import AdministrativeSource
from cadastre.operations.bring_document import BroughtFile, bring_document
from cadastre.operations.confirm_source import confirm_source
from cadastre.queries.proposals import find_proposal
from gis_project.core.errors import BadRequest, NotFound

router = Router(tags=["documentos"], auth=django_auth)


class DocumentNotFound(NotFound):
    """There is no such document in this municipality."""

    code = "document_not_found"


class UnknownField(BadRequest):
    """The form holds a field that a document does not have: see the list in /api/docs."""

    code = "unknown_field"


class ConfirmIn(Schema):
    model_config = ConfigDict(extra="forbid")
    note: str = Field("", max_length=300)


@router.post(
    "/{municipality}/proposals/{proposal}/documents",
    response={201: DocumentOut},
    operation_id="bring_document",
    summary="Añadir un documento a una propuesta, con su archivo escaneado",
)
def bring(
    request: HttpRequest,
    municipality: str,
    proposal: UUID,
    document: Form[SourceIn],
    file: File[UploadedFile | None] = None,
) -> Status[dict[str, Any]]:
    """Formulario (multipart): los datos del documento y, en `file`, un PDF, JPEG, PNG o TIFF de hasta 20 MB."""
    desk = desk_of(request, municipality, "edit_parcels")
    unknown = sorted(set(request.POST) - set(SourceIn.model_fields))
    if unknown:
        raise UnknownField(f"No se conoce el campo «{unknown[0][:40]}» de un documento.")
    found = find_proposal(desk.municipality, proposal)
    told = {**document.dict(), "kind": document.kind.value}
    scan = BroughtFile(file.name or "", file.read()) if file is not None else None
    brought = bring_document(found, document=AdministrativeSource(**told), by=desk.who, file=scan)
    return Status(201, document_out(brought))


@router.post(
    "/{municipality}/documents/{document}/confirm",
    response=DocumentOut,
    operation_id="confirm_document",
    summary="Confirmar que se vio la inscripción en el Registro de la Propiedad",
)
def confirm(
    request: HttpRequest, municipality: str, document: UUID, told: ConfirmIn
) -> dict[str, Any]:
    """La confirma quien puede registrar inscripciones y no la escribió."""
    desk = desk_of(request, municipality, "register_inscription")
    found = AdministrativeSource.objects.filter(municipality=desk.municipality, pk=document).first()
    if found is None:
        raise DocumentNotFound("No hay tal documento en este municipio.")
    confirm_source(found, by=desk.who, note=told.note)
    return document_out(AdministrativeSource.objects.get(pk=found.pk))

"""A document that arrives for a proposal on its way: kept with its file, and counted from then on."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from cadastre.acts.documents import CONFIRMATION, FILE, document_law
from cadastre.acts.required_sources import refusal_of
from cadastre.models import AdministrativeSource, Proposal, ProposalSource, SourceFile
from cadastre.operations.decide_proposal import locked_proposal
from cadastre.operations.deed.evidence import facts_of
from gis_project.core.errors import InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.file_store import store_file
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person

MAX_FILE_BYTES = 20 * 1024 * 1024
# How a file begins decides what it is; its name and what the browser says of it are not asked.
_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}


class DocumentFileRefused(InvalidInput):
    """The file is empty, too large, or neither PDF nor picture: scan it as PDF, JPEG, PNG or TIFF."""

    code = "document_file_refused"


class DocumentDatedAhead(InvalidInput):
    """The document bears a date to come: correct it."""

    code = "document_dated_ahead"


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A scan as it was uploaded: its name, and its bytes or where they lie."""

    name: str
    content: bytes | Path


def bring_document(
    proposal: Proposal,
    *,
    document: AdministrativeSource,
    by: Actor,
    file: BroughtFile | None = None,
) -> AdministrativeSource:
    """The saved document, of the proposal's municipality. ProposalNotThere, DocumentFileRefused,
    DocumentDatedAhead, SourceIncomplete."""
    town = proposal.municipality
    check_can(by, "edit_parcels", municipality=town, on=today_in(town))
    media_type = checked_document(document, file, municipality=town)
    check_whole(document, file, on=today_in(town))
    document.typed_by = person(by)
    with transaction.atomic():
        states = Proposal.State
        locked = locked_proposal(proposal, states.SUBMITTED, states.APPROVED, states.RETURNED)
        keep_document(document, file, municipality=town, media_type=media_type)
        ProposalSource.objects.create(proposal=locked, source=document)
        record_audit_event(
            municipality=town,
            actor=by,
            action="bring_document",
            object_type="cadastre.Proposal",
            object_id=locked.pk,
            body={
                "source": document.pk,
                "kind": str(document.kind),
                "sha256": document.file_sha256,
            },
        )
    return document


def checked_document(
    document: AdministrativeSource, file: BroughtFile | None, *, municipality: Municipality
) -> str:
    """The media type of its scan, empty without one. DocumentDatedAhead, DocumentFileRefused."""
    if document.issued_on is not None and document.issued_on > today_in(municipality):
        raise DocumentDatedAhead(
            f"El documento tiene fecha {document.issued_on:%d/%m/%Y}, posterior a hoy: revísela."
        )
    return _media_type(file) if file is not None else ""


def keep_document(
    document: AdministrativeSource,
    file: BroughtFile | None,
    *,
    municipality: Municipality,
    media_type: str,
) -> None:
    """Save a checked document in the municipality, with its scan by content."""
    document.municipality = municipality
    if file is None:
        document.save()
        return
    stored = store_file(file.content, media_type=media_type)
    document.file_sha256 = stored.pk
    document.save()
    SourceFile.objects.create(source=document, file=stored, name=file.name[-255:])


def check_whole(document: AdministrativeSource, file: BroughtFile | None, *, on: date) -> None:
    """SourceIncomplete where it lacks what its kind must say; what comes later (its confirmation) may."""
    asked = document_law(document.kind, on=on)
    (facts,) = facts_of([document])
    lacks = [
        name
        for name in asked.lacks(facts, dates=False)
        if name != CONFIRMATION and not (name == FILE and file is not None)
    ]
    if lacks:
        raise refusal_of(asked, facts, lacks=lacks)


def _media_type(file: BroughtFile) -> str:
    content = file.content
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    if not 0 < size <= MAX_FILE_BYTES:
        raise DocumentFileRefused(
            f"El archivo está vacío o pasa de {MAX_FILE_BYTES // 1024**2} MB: escanéelo con menos resolución."
        )
    if isinstance(content, bytes):
        beginning = content[:8]
    else:
        with content.open("rb") as opened:
            beginning = opened.read(8)
    for signature, media_type in _BEGINNINGS.items():
        if beginning.startswith(signature):
            return media_type
    raise DocumentFileRefused(
        "El archivo no es PDF, JPEG, PNG ni TIFF: escanee el documento en uno de ellos."
    )

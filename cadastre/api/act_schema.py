"""What the API reads and tells of acts and proposals."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from cadastre.acts.documents import document_law
from cadastre.models import AdministrativeSource, Proposal
from cadastre.queries.proposals import documents_of
from gis_project.core.errors import BadRequest
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, User


class BadRevisions(BadRequest):
    """The revisions name a predio by something else than its id: send the id that the API told."""

    code = "bad_revisions"


class SourceIn(Schema):
    """A document brought for an act; docs/reference/documents.md tells what each kind must say."""

    model_config = ConfigDict(extra="forbid")
    kind: AdministrativeSource.Kind
    number: str = Field("", max_length=100)
    issued_on: date | None = None
    issuer: str = Field("", max_length=200)
    repertory: str = Field("", max_length=40)
    book: str = Field("", max_length=60)
    valid_until: date | None = None
    property_text: str = Field(
        "", max_length=60, description="clave o número del predio que nombra"
    )
    description: str = Field("", max_length=300)


class ActIn(Schema):
    model_config = ConfigDict(extra="forbid")
    reason: str = Field(min_length=1, max_length=2000, description="por qué se hace")
    inputs: dict[str, Any] = Field(description="los datos del acto; vea docs/reference/acts.md")
    sources: list[SourceIn] = Field([], max_length=50)
    revisions: dict[str, int] = Field(
        {}, description="predio (id) → revisión sobre la que se trabajó"
    )


class StepIn(Schema):
    model_config = ConfigDict(extra="forbid")
    note: str = Field("", max_length=2000)
    sources: list[SourceIn] = Field([], max_length=50)


class ActOut(Schema):
    """What was done, or would be done."""

    is_dry_run: bool
    operation: str | None = None
    proposal: str | None = None
    state: str | None = None
    outcome: dict[str, Any]


class DocumentOut(Schema):
    """A document as it was typed; `is_confirmed` is null for a kind that nobody confirms."""

    id: str
    kind: str
    number: str
    issued_on: date | None
    issuer: str
    repertory: str
    book: str
    valid_until: date | None
    property_text: str
    has_file: bool
    is_confirmed: bool | None


class ProposalOut(Schema):
    id: str
    verb: str
    cause: str
    state: str
    state_es: str
    reason: str
    prepared_at: str
    is_mine: bool
    operation: str | None
    preview: dict[str, Any]
    events: list[dict[str, str]]
    documents: list[DocumentOut]
    conflicts: list[dict[str, str]]


def revisions_of(act: ActIn) -> dict[UUID, int]:
    """Upon which revision of each predio the person worked; BadRevisions."""
    try:
        return {UUID(unit): revision for unit, revision in act.revisions.items()}
    except ValueError as error:
        raise BadRevisions("Las revisiones nombran los predios por su id.") from error


def saved_sources(
    told: list[SourceIn], municipality: Municipality, *, by: User | None
) -> list[AdministrativeSource]:
    """The documents as rows of the register, typed by that person; in the caller's transaction."""
    return [
        AdministrativeSource.objects.create(
            municipality=municipality, typed_by=by, **{**source.dict(), "kind": source.kind.value}
        )
        for source in told
    ]


def document_out(source: AdministrativeSource) -> dict[str, Any]:
    """A document as the API tells it; the file itself is opened on the proposal's page."""
    asked = document_law(source.kind, on=today_in(source.municipality))
    fields = ("kind", "number", "issued_on", "issuer", "repertory", "book", "valid_until")
    return {name: getattr(source, name) for name in fields} | {
        "id": str(source.pk),
        "property_text": source.property_text,
        "has_file": bool(source.file_sha256),
        "is_confirmed": hasattr(source, "confirmation") if asked.confirmed_by else None,
    }


def proposal_out(
    proposal: Proposal,
    *,
    preview: dict[str, Any],
    mine: bool,
    conflicts: list[dict[str, str]],
) -> dict[str, Any]:
    """A proposal as the API tells it, with as much of its preview as the reader may see."""
    return {
        "id": str(proposal.pk),
        "verb": proposal.verb,
        "cause": proposal.cause,
        "state": proposal.state,
        "state_es": proposal.get_state_display(),
        "reason": proposal.reason,
        "prepared_at": proposal.prepared_at.isoformat(),
        "is_mine": mine,
        "operation": str(proposal.operation_id) if proposal.operation_id else None,
        "preview": preview,
        "events": [
            {"state": event.state, "at": event.recorded_at.isoformat(), "note": event.note}
            for event in proposal.events.all()
        ],
        "documents": [document_out(source) for source in documents_of(proposal)],
        "conflicts": conflicts,
    }

"""The documents that a procedure holds, as its page shows them: who brought each, and who may confirm it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cadastre.acts.documents import document_law
from cadastre.models import AdministrativeSource, SourceConfirmation
from gis_project.territory.models import Municipality, User
from gis_project.territory.policy import can

_PICTURES = ("image/jpeg", "image/png")


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A scan; ``is_picture``: browsers draw it in the page."""

    digest: str
    name: str
    is_picture: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtDocument:
    """``waits``: a second person must confirm it still; ``is_own``: the reader wrote it and so may not.

    ``is_ours``: a certificate that this municipality issued, which shows by itself what it says.
    """

    document: AdministrativeSource
    files: tuple[ShownFile, ...]
    brought_by: str
    confirmation: SourceConfirmation | None
    is_ours: bool
    waits: bool
    may_confirm: bool
    is_own: bool


def brought_documents(
    documents: Iterable[AdministrativeSource],
    *,
    ours: Collection[UUID] = (),
    by: User,
    municipality: Municipality,
    on: date,
    is_open: bool,
) -> tuple[BroughtDocument, ...]:
    """Each document; nobody confirms one of ``ours``, nor one of a procedure that has ended."""
    return tuple(
        _shown(one, by, municipality, on, is_open=is_open, is_ours=one.pk in ours)
        for one in documents
    )


def _shown(
    document: AdministrativeSource,
    by: User,
    municipality: Municipality,
    on: date,
    *,
    is_open: bool,
    is_ours: bool,
) -> BroughtDocument:
    confirmed_by = document_law(document.kind, on=on).confirmed_by
    confirmation: SourceConfirmation | None = getattr(document, "confirmation", None)
    waits = bool(confirmed_by) and confirmation is None and is_open and not is_ours
    inscribes = waits and can(by, confirmed_by, municipality=municipality, on=on)
    is_own = document.typed_by_id == by.pk
    kept: Any = document.files.all()
    return BroughtDocument(
        document=document,
        files=tuple(
            ShownFile(one.file_id, one.name, one.file.media_type in _PICTURES) for one in kept
        ),
        brought_by=document.typed_by.full_name if document.typed_by else "",
        confirmation=confirmation,
        is_ours=is_ours,
        waits=waits,
        may_confirm=inscribes and not is_own,
        is_own=inscribes and is_own,
    )

"""An act asked on a page: rehearsed without a trace, or handed in as a proposal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from cadastre.models import Proposal
from cadastre.operations.prepare_proposal import prepare_proposal, rehearse
from cadastre.queries.seen_preview import holders_told, seen_preview
from gis_project.portal.act_preview import ActPreview, act_preview
from gis_project.portal.audience import Sees
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access

# The act's data and notes for the counter; called in the act's transaction, it may register people.
Tell = Callable[[], tuple[dict[str, Any], list[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActAsked:
    """Who asks for which act, and why. ``about`` is what the record of a look at holders names."""

    verb: str
    municipality: Municipality
    by: Any
    on: date
    reason: str
    about: str
    procedure: str = ""
    revisions: Mapping[UUID, int] = field(default_factory=dict)

    @property
    def filed(self) -> dict[str, Any]:
        names = ("municipality", "by", "reason", "revisions")
        return {name: getattr(self, name) for name in names}


def proposed(asked: ActAsked, tell: Tell) -> Proposal:
    """The submitted proposal; raises what ``prepare_proposal`` does."""
    with transaction.atomic():
        told, _notes = tell()
        return prepare_proposal(asked.verb, told, **asked.filed)


def rehearsed(asked: ActAsked, tell: Tell, *, sees: Sees) -> ActPreview | None:
    """The preview as this reader may see it; the act, and whom it registers, are undone, the look recorded."""
    with transaction.atomic():
        told, notes = tell()
        outcome = rehearse(asked.verb, told, **asked.filed).plain()
        outcome["notes"] = [*notes, *outcome["notes"]]
        seen = seen_preview(
            outcome, right=sees.right, burden=sees.burden, is_open=True, on=asked.on
        )
        preview = act_preview(seen, municipality=asked.municipality, sees=sees)
        transaction.set_rollback(True)
    if shown := holders_told(seen):
        log_access(
            municipality=asked.municipality,
            actor=asked.by,
            action="view_holders",
            query=asked.about,
            found=shown,
            purpose=f"ensayo: {asked.reason}"[:300],
            procedure=asked.procedure,
        )
    return preview

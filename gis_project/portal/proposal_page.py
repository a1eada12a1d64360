"""What the tray and the page of a proposal show besides its preview: age, rivals, documents, what is missing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cadastre.acts.act_law import act_law
from cadastre.acts.required_sources import believed
from cadastre.models import AdministrativeSource, KeyAlias, Proposal
from cadastre.operations.deed.evidence import facts_of
from cadastre.queries.act_titles import act_title
from cadastre.queries.proposals import OPEN, rivals_of
from gis_project.core.periods import civil_date


@dataclass(frozen=True, slots=True)
class ListedProposal:
    """A row of the tray; `keys` are of the predios that it would change."""

    proposal: Proposal
    title: str
    keys: tuple[str, ...]
    days: int
    rivals: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """A document that the act needs. ``is_unfinished``: one was brought that does not count yet."""

    why: str
    is_met: bool
    is_unfinished: bool


def listed(proposal: Proposal, *, on: date) -> ListedProposal:
    """The proposal as a row; `rivals` counts other open proposals on the same ground."""
    before = proposal.preview.get("before", ())  # an imported draft has no preview yet
    return ListedProposal(
        proposal,
        act_title(proposal.verb, cause=proposal.cause, on=on),
        tuple(state["key"] for state in before if state["key"]),
        days_open(proposal, on=on),
        len(rivals_of(proposal)) if proposal.state in OPEN else 0,
    )


def days_open(proposal: Proposal, *, on: date) -> int:
    """Civil days since it was prepared."""
    prepared = civil_date(proposal.prepared_at, time_zone=proposal.municipality.time_zone)
    return (on - prepared).days


def requirements_of(
    proposal: Proposal, documents: list[AdministrativeSource], *, on: date
) -> list[Requirement]:
    """Every document that the law asks for, in its order, weighed as the act weighs them."""
    law = act_law(proposal.verb, cause=proposal.cause, on=on)
    made = proposal.operation
    facts = facts_of(documents, by_console=made is not None and made.made_by_id is None)
    brought = {document.kind for document in documents}
    counting = {document.kind for document in believed(law, facts, on=on)}
    return [
        Requirement(
            asked.why,
            is_met=bool(counting & set(asked.any_of)),
            is_unfinished=bool((brought - counting) & set(asked.any_of)),
        )
        for asked in law.requirements
    ]


def steps_of(proposal: Proposal) -> list[Any]:
    """The proposal's timeline with who took each step."""
    return list(proposal.events.select_related("by").order_by("pk"))


def opened_keys(proposal: Proposal) -> list[str]:
    """The keys that the act gave when it took effect; those of the preview were provisional."""
    if proposal.operation_id is None:
        return []
    given = KeyAlias.objects.filter(opened_by=proposal.operation_id, is_principal=True)
    return list(given.order_by("pk").values_list("text", flat=True))

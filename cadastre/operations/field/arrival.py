"""What every part of a return works with: the package, what the register says now, and how a change is proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from cadastre.fieldwork.field_layer import FieldLayer
from cadastre.fieldwork.records import Record
from cadastre.models import FieldDelta, FieldPackage, FieldReturn, Proposal
from cadastre.operations.decide_proposal import withdraw_proposal
from cadastre.operations.prepare_proposal import prepare_proposal
from gis_project.core.errors import DomainError
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor

Outcome = FieldDelta.Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """``now`` is today's register in the words of the package; ``geom_hashes`` its ground, as held and as it is now."""

    package: FieldPackage
    arrival: FieldReturn
    by: Actor
    layers: Mapping[str, FieldLayer]
    held: Mapping[tuple[str, str], Record]
    now: Mapping[tuple[str, str], Record]
    held_hashes: Mapping[str, str]
    now_hashes: Mapping[str, str]

    @property
    def town(self) -> Municipality:
        return self.package.municipality

    def delta(self, **columns: Any) -> FieldDelta:
        """An unsaved change of this return."""
        unit = columns.pop("unit", None)
        unit_id = UUID(unit) if unit in self.held_hashes else None
        return FieldDelta(package=self.package, arrival=self.arrival, unit_id=unit_id, **columns)

    def propose(self, verb: str, told: dict[str, Any], deltas: list[FieldDelta]) -> None:
        """Give the changes their proposal, or the reason why the act refuses them."""
        try:
            proposal = propose(self.package, verb, told, by=self.by)
        except DomainError as refusal:
            for delta in deltas:
                delta.outcome = Outcome.REJECTED
                delta.code, delta.message = refusal.code, refusal.message
            return
        for delta in deltas:
            delta.outcome, delta.proposal = Outcome.PROPOSED, proposal
            self._withdraw_former(delta)

    def _withdraw_former(self, delta: FieldDelta) -> None:
        """An earlier proposal of the same row is taken back when this one says it again, and more.

        Or less, in a return of the same kind: what it no longer says was put back.
        """
        names = {column["name"] for column in delta.columns}
        former = FieldDelta.objects.filter(
            package=self.package, layer=delta.layer, uuid=delta.uuid, subject=delta.subject
        ).filter(proposal__state=Proposal.State.SUBMITTED)
        for old in former.select_related("proposal", "arrival"):
            said = {column["name"] for column in old.columns}
            is_told_anew = said <= names or old.arrival.kind == self.arrival.kind
            if old.proposal is not None and is_told_anew:
                withdraw_proposal(
                    old.proposal,
                    by=self.by,
                    note=f"La sustituye otra del mismo paquete de campo {self.package.number}.",
                )


def propose(package: FieldPackage, verb: str, told: dict[str, Any], *, by: Actor) -> Proposal:
    """The proposal of a change made in the field; raises what the act raises, and leaves nothing then."""
    with transaction.atomic():
        return prepare_proposal(
            verb,
            told,
            municipality=package.municipality,
            by=by,
            reason=f"Trabajo de campo, paquete {package.number}: {package.purpose}",
        )

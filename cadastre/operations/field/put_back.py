"""What a later return puts back to what the package held: its proposal is taken back, and the change kept as told."""

from collections.abc import Iterable, Mapping

from cadastre.fieldwork.compare import Change, Method
from cadastre.models import FieldDelta, FieldPackage, Proposal
from cadastre.operations.decide_proposal import withdraw_proposal
from cadastre.operations.field.arrival import Arrival, Outcome
from gis_project.core.canonical import sha256_hex

# Layer, identity, and whether it is the ground of a record that stays: data and ground come back apart.
Place = tuple[str, str, bool]
_OPEN = (Proposal.State.SUBMITTED, Proposal.State.RETURNED)


def place_of(change: Change) -> Place:
    """Where a change belongs, to be compared with the last one there."""
    return change.layer, change.uuid, change.method is Method.PATCH and not change.columns


def last_words(package: FieldPackage) -> dict[Place, FieldDelta]:
    """The newest change that came of each place."""
    found: dict[Place, FieldDelta] = {}
    rows = FieldDelta.objects.filter(package=package).exclude(subject=FieldDelta.Subject.ROW)
    for row in rows.select_related("arrival", "proposal").order_by("pk"):
        found[row.layer, row.uuid, row.method == Method.PATCH and not row.columns] = row
    return found


def put_back(
    work: Arrival, last: Mapping[Place, FieldDelta], found: Iterable[Change]
) -> dict[Place, FieldDelta]:
    """A change for each proposed one that this return no longer tells; open proposals are withdrawn.

    Only among returns of one kind: a file of changes does not say what a GeoPackage said, nor the other way.
    """
    told = {place_of(change) for change in found}
    deltas = {}
    for place, row in last.items():
        if place in told or row.proposal is None or row.arrival.kind != work.arrival.kind:
            continue
        delta = FieldDelta(
            package=work.package,
            arrival=work.arrival,
            fingerprint=sha256_hex([*place, "put back", row.pk]),
            layer=row.layer,
            uuid=row.uuid,
            method=row.method,
            subject=row.subject,
            unit_id=row.unit_id,
            columns=[
                {**column, "brought": column["held"], "verdict": "kept"} for column in row.columns
            ],
            ground={"brought": row.ground.get("held")} if row.ground else {},
            outcome=Outcome.KEPT,
            code="put_back",
            message="En el campo se volvió a lo que el paquete tenía.",
        )
        _answer(work, row.proposal, delta)
        deltas[place] = delta
    return deltas


def _answer(work: Arrival, proposal: Proposal, delta: FieldDelta) -> None:
    proposal.refresh_from_db()
    if proposal.state in _OPEN:
        withdraw_proposal(
            proposal,
            by=work.by,
            note=f"En el campo se volvió a lo que el paquete {work.package.number} tenía.",
        )
    elif proposal.state != Proposal.State.WITHDRAWN:
        delta.outcome = Outcome.REJECTED
        delta.message = (
            "En el campo se volvió a lo que el paquete tenía, y la propuesta anterior ya se aprobó: devuélvala, o "
            "prepare la corrección."
        )

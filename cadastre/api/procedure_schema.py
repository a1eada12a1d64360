"""What the API reads and tells of procedures."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from cadastre.api.act_schema import SourceIn
from cadastre.models import Procedure, ProcedureNotice
from cadastre.procedures.procedure_type import procedure_type
from cadastre.queries.procedures import applicant_of
from cadastre.queries.requirement_states import requirement_states


class ApplicantIn(Schema):
    """Quien pide: un titular del catastro por su id, o una persona con sus datos."""

    model_config = ConfigDict(extra="forbid")
    party: UUID | None = None
    full_name: str = Field("", max_length=200)
    id_number: str = Field("", max_length=20)
    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=20)


class ProcedureIn(Schema):
    model_config = ConfigDict(extra="forbid")
    kind: str = Field(max_length=40, description="vea docs/reference/procedures.md")
    applicant: ApplicantIn
    units: list[str] = Field([], max_length=50, description="clave, número de predio o id")
    sources: list[SourceIn] = Field([], max_length=50)
    note: str = Field("", max_length=2000)


class AmountIn(Schema):
    model_config = ConfigDict(extra="forbid")
    amount: Decimal = Field(max_digits=14, decimal_places=2)
    receipt: str = Field("", max_length=60)


class ProcedureStepIn(Schema):
    """Lo que acompaña a un paso; `requirement` y `undo` son de «tick», `how` y `text` de «notify»."""

    model_config = ConfigDict(extra="forbid")
    note: str = Field("", max_length=2000)
    sources: list[SourceIn] = Field([], max_length=50)
    amounts: dict[str, AmountIn] = Field({})
    inputs: dict[str, Any] = Field({})
    revisions: dict[UUID, int] = Field({})
    proposal: UUID | None = None
    requirement: str = Field("", max_length=40)
    undo: bool = False
    how: ProcedureNotice.How = ProcedureNotice.How.PRINTED
    text: str = Field("", max_length=4000)


class ProcedureOut(Schema):
    number: str
    code: str
    kind: str
    title: str
    state: str
    state_es: str
    is_open: bool
    is_overdue: bool
    received_at: str
    due_on: date | None
    promised_on: date
    proposal: str | None
    steps: list[str]


class ProcedureWhole(ProcedureOut):
    applicant: dict[str, str]
    units: list[str]
    requirements: list[dict[str, Any]]
    events: list[dict[str, str]]


def procedure_row(procedure: Procedure, *, on: date) -> dict[str, Any]:
    """A procedure as a row of the tray."""
    found = procedure_type(procedure.kind)
    return {
        "number": procedure.number,
        "code": procedure.code,
        "kind": procedure.kind,
        "title": found.title,
        "state": procedure.state,
        "state_es": found.state(procedure.state).title,
        "is_open": procedure.closed_at is None,
        "is_overdue": procedure.due_on is not None and procedure.due_on < on,
        "received_at": procedure.received_at.isoformat(),
        "due_on": procedure.due_on,
        "promised_on": procedure.promised_on,
        "proposal": str(procedure.proposal_id) if procedure.proposal_id else None,
        "steps": [step.step for step in found.steps_from(procedure.state)],
    }


def whole_procedure(procedure: Procedure, *, on: date, sees: frozenset[str]) -> dict[str, Any]:
    """The procedure with all that stands in it; of the applicant, the fields of a party that the reader sees."""
    applicant = applicant_of(procedure)
    shown = {
        "full_name": applicant.full_name,
        "cedula": applicant.id_number,
        "email": applicant.email,
        "phone": applicant.phone,
    }
    return procedure_row(procedure, on=on) | {
        "applicant": {field: value for field, value in shown.items() if field in sees},
        "units": [str(unit) for unit in procedure.units.values_list("unit_id", flat=True)],
        "requirements": [
            {
                "code": state.requirement.code,
                "text": state.requirement.text,
                "is_optional": state.requirement.is_optional,
                "is_met": state.is_met,
                "how": state.how,
                "document": str(state.source.pk) if state.source is not None else None,
            }
            for state in requirement_states(procedure, on=on)
        ],
        "events": [
            {
                "step": event.step,
                "state": event.state,
                "at": event.recorded_at.isoformat(),
                "note": event.note,
            }
            for event in procedure.events.all()
        ],
    }

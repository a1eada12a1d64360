"""What the API reads and tells of field packages."""

from datetime import date
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

from cadastre.models import FieldDelta, FieldPackage
from cadastre.operations.decide_field_delta import open_choices
from cadastre.operations.take_field_package import Taken
from cadastre.queries.field_packages import outcome_counts, overdue


class AreaIn(Schema):
    """Una sola manera: `block`, `sector`, `polygon` (WKT en el CRS `srid`) o `predios` (claves o números)."""

    model_config = ConfigDict(extra="forbid")
    block: str = Field("", max_length=30)
    sector: str = Field("", max_length=30)
    polygon: str = Field("", max_length=200_000)
    srid: int = 32717
    predios: list[str] = Field([], max_length=5_000)


class FieldPackageIn(Schema):
    model_config = ConfigDict(extra="forbid")
    area: AreaIn
    carrier: str = Field(max_length=100, description="cédula, teléfono o correo de quien lo lleva")
    purpose: str = Field(min_length=1, max_length=300)
    expires_on: date
    with_holders: bool = False


class DecisionIn(Schema):
    model_config = ConfigDict(extra="forbid")
    take: list[str] = Field([], max_length=400, description="datos que siguen al campo")
    note: str = Field("", max_length=300)


class ClosingIn(Schema):
    model_config = ConfigDict(extra="forbid")
    how: Literal["RETURNED", "UNUSED", "LOST"]
    note: str = Field("", max_length=300)


class ReturnIn(Schema):
    """How the boundaries of a return were measured, and whether the package ends with it."""

    model_config = ConfigDict(extra="forbid")

    method: str = ""
    accuracy_m: str = ""
    surveyed_on: date | None = None
    is_last: bool = False


class CutOut(Schema):
    is_dry_run: bool
    package: str | None
    sha256: str | None
    counts: dict[str, int]
    size_bytes: int


class FieldPackageOut(Schema):
    number: str
    carrier: str
    purpose: str
    area: dict[str, Any]
    predios: int
    srid: int
    with_holders: bool
    issued_on: date
    expires_on: date
    is_overdue: bool
    closed: str | None
    sha256: str
    conflicts: int


class FieldChangeOut(Schema):
    """Un cambio, dato por dato: lo que llevaba el paquete (`held`), lo que vino (`brought`), el catastro (`now`)."""

    id: int
    layer: str
    uuid: str
    method: str
    subject: str
    unit: str | None
    outcome: str
    code: str
    message: str
    columns: list[dict[str, Any]]
    ground: dict[str, Any]
    proposal: str | None
    choices: list[str]
    decided: list[str] | None


class FieldPackageWhole(FieldPackageOut):
    outcomes: dict[str, int]
    changes: list[FieldChangeOut]


class TakenOut(Schema):
    is_dry_run: bool
    is_repeated: bool
    package: str
    sha256: str
    known: int
    report: dict[str, Any]
    changes: list[FieldChangeOut]


def package_out(package: FieldPackage, *, on: date) -> dict[str, Any]:
    closing = getattr(package, "closing", None)
    return {
        "number": package.number,
        "carrier": package.carrier.full_name,
        "purpose": package.purpose,
        "area": package.area,
        "predios": package.predios,
        "srid": package.srid,
        "with_holders": package.with_holders,
        "issued_on": package.issued_on,
        "expires_on": package.expires_on,
        "is_overdue": overdue(package, on=on),
        "closed": closing.how if closing else None,
        "sha256": package.file_id,
        "conflicts": package.conflicts,  # type: ignore[attr-defined]  # field_packages annotates it
    }


def change_out(delta: FieldDelta) -> dict[str, Any]:
    """The change; ``choices`` only while nobody decided."""
    decision = getattr(delta, "decision", None)
    waits = delta.outcome == FieldDelta.Outcome.CONFLICT and decision is None
    proposal = delta.proposal_id or (decision.proposal_id if decision else None)
    return {
        "id": delta.pk or 0,
        "layer": delta.layer,
        "uuid": delta.uuid,
        "method": delta.method,
        "subject": delta.subject,
        "unit": str(delta.unit_id) if delta.unit_id else None,
        "outcome": delta.outcome,
        "code": delta.code,
        "message": delta.message,
        "columns": delta.columns,
        "ground": delta.ground,
        "proposal": str(proposal) if proposal else None,
        "choices": open_choices(delta) if waits else [],
        "decided": decision.taken if decision else None,
    }


def whole_out(package: FieldPackage, deltas: list[FieldDelta], *, on: date) -> dict[str, Any]:
    return package_out(package, on=on) | {
        "outcomes": outcome_counts(package),
        "changes": [change_out(delta) for delta in deltas],
    }


def taken_out(taken: Taken, *, is_dry_run: bool) -> dict[str, Any]:
    return {
        "is_dry_run": is_dry_run,
        "is_repeated": taken.is_repeated,
        "package": taken.arrival.package.number,
        "sha256": taken.arrival.file_id,
        "known": taken.known,
        "report": taken.arrival.report,
        "changes": [change_out(delta) for delta in taken.deltas],
    }

"""Types of procedure as data: ``types/<code>.toml`` says what is asked, who does what, and in how many days.

Pure. A type is a state machine (states and transitions as tables), a list of requirements and its legal
base. ``procedure_type`` returns one, ``procedure_types`` all; a file that breaks a rule of
``check_type.py`` raises MalformedType when it is read.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cadastre.procedures.check_type import faults_of
from gis_project.core.errors import DomainError, NotFound
from gis_project.core.law import VerificationStatus

TYPES_FOLDER = Path(__file__).parent / "types"


class MalformedType(DomainError):
    """The file of a type of procedure breaks a rule: correct the file named in the details."""

    code = "malformed_type"


class UnknownType(NotFound):
    """There is no such type of procedure: use one of those that the message lists."""

    code = "unknown_type"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing asked. ``ticks_from``: source (a document of ``kinds``), holds, manual, or open_debts (nothing is
    owed, or a document of ``kinds`` says so)."""

    code: str
    text: str
    ticks_from: str
    kinds: tuple[str, ...] = ()
    holds: str = ""
    is_optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a procedure stands; ``public`` says it to the citizen. Waiting for him stops the office's term."""

    code: str
    title: str
    public: str
    waits_for_applicant: bool = False
    is_final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One step. ``days`` is the term of the state it leads to, in business days; 0 sets none.

    ``proposal`` is the state that the step gives to the proposal of change; ``not_by`` the step whose
    author may not take this one; ``amounts`` the concepts whose amounts it records. ``papers`` are the kinds
    of paper of which one must have been issued in the procedure, ``papers_signed`` by all who sign it.
    """

    step: str
    title: str
    origins: tuple[str, ...]
    to: str
    capability: str
    days: int = 0
    needs_note: bool = False
    needs_requirements: bool = False
    proposal: str = ""
    not_by: str = ""
    amounts: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    papers_signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where a part of the procedure is written."""

    code: str
    article: str
    gazette: str

    @property
    def text(self) -> str:
        return f"{self.code}, art. {self.article}" if self.article else self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureType:
    """A type of procedure · es: tipo de trámite. ``verb`` is the act it ends in, if any; terms in business days."""

    code: str
    title: str
    purpose: str
    who_may_ask: str
    office: str
    days: int
    first_days: int
    needs_unit: bool
    verb: str
    fees: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    references: tuple[Reference, ...]
    verification_status: VerificationStatus
    since: date

    @property
    def first(self) -> State:
        """The state in which a procedure is received."""
        return self.states[0]

    def state(self, code: str) -> State:
        """The state of that code; KeyError when the table has none."""
        return {state.code: state for state in self.states}[code]

    def steps_from(self, state: str) -> tuple[Transition, ...]:
        """The steps that can be taken from a state."""
        return tuple(one for one in self.transitions if state in one.origins)

    def step(self, code: str, *, state: str) -> Transition | None:
        """The step of that name from a state, if the table has it."""
        return next((one for one in self.steps_from(state) if one.step == code), None)

    @property
    def citation(self) -> str:
        """Articles and trust, as the manual shows them."""
        articles = "; ".join(reference.text for reference in self.references)
        return f"{articles} ({self.verification_status.label_es})"


def procedure_type(code: str) -> ProcedureType:
    """The type of that code; UnknownType."""
    found = procedure_types().get(code)
    if found is None:
        known = ", ".join(sorted(procedure_types()))
        raise UnknownType(f"No hay trámites de clase «{code[:40]}»; los hay: {known}.")
    return found


@cache
def procedure_types() -> MappingProxyType[str, ProcedureType]:
    """Every type by its code, by title."""
    read = [read_type(path) for path in TYPES_FOLDER.glob("*.toml")]
    return MappingProxyType({one.code: one for one in sorted(read, key=lambda one: one.title)})


def read_type(path: Path) -> ProcedureType:
    """The type that a file tells; its code is the file's name. MalformedType."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        found = _type(path.stem, told)
    except (KeyError, TypeError, ValueError) as error:
        raise _malformed(path.stem, [f"falta o está mal {error}"]) from error
    faults = faults_of(found)
    if faults:
        raise _malformed(path.stem, faults)
    return found


def _type(code: str, told: dict[str, Any]) -> ProcedureType:
    return ProcedureType(
        code=code,
        title=told["title"],
        purpose=told["purpose"],
        who_may_ask=told["who_may_ask"],
        office=told["office"],
        days=told["days"],
        first_days=told["first_days"],
        needs_unit=told["needs_unit"],
        verb=told["verb"],
        fees=tuple(told["fees"]),
        requirements=tuple(
            Requirement(**{**row, "kinds": tuple(row.get("kinds", ()))})
            for row in told["requirement"]
        ),
        states=tuple(State(**row) for row in told["state"]),
        transitions=tuple(_transition(row) for row in told["transition"]),
        references=tuple(Reference(**row) for row in told["reference"]),
        verification_status=VerificationStatus(told["verification_status"]),
        since=told["since"],
    )


def _transition(row: dict[str, Any]) -> Transition:
    plain = {name: value for name, value in row.items() if name != "from"}
    lists = {name: tuple(row.get(name, ())) for name in ("amounts", "papers")}
    return Transition(**{**plain, **lists, "origins": tuple(row["from"])})


def _malformed(code: str, faults: list[str]) -> MalformedType:
    return MalformedType(
        f"El tipo de trámite «{code}»: {'; '.join(faults)}.", details={"type": code}
    )

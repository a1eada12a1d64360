"""What the table of a type must satisfy: every state is reached and left, every step says who and to where.

Pure. Whether a capability or a kind of document exists is asked by the tests, which know those lists.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cadastre.acts.act_law import acts

if TYPE_CHECKING:
    from cadastre.procedures.procedure_type import ProcedureType

TICKS_FROM = ("source", "holds", "open_debts", "manual")
HOLDS = (
    "registered",
    "in_register",
    "appraisal",
    "no_debt",
    "planning_report",
    "boundaries",
    "plan",
)
PROPOSAL = ("", "SUBMITTED", "APPROVED", "RETURNED", "EFFECTIVE")
RESERVED_STEPS = ("tick", "notify", "receive")


def faults_of(found: "ProcedureType") -> list[str]:
    """What is wrong with a type, in Spanish; empty when nothing is."""
    return [
        *_of_states(found),
        *_of_steps(found),
        *_of_requirements(found),
        *_of_proposal(found),
        *([] if found.references else ["no cita ninguna norma"]),
    ]


def reachable(found: "ProcedureType", *, backwards: bool = False) -> set[str]:
    """The states reached from the first one; backwards, those from which a final state is reached."""
    edges = {(origin, step.to) for step in found.transitions for origin in step.origins}
    if backwards:
        edges = {(to, origin) for origin, to in edges}
        seen = {state.code for state in found.states if state.is_final}
    else:
        seen = {found.first.code}
    waiting = list(seen)
    while waiting:
        here = waiting.pop()
        news = {to for origin, to in edges if origin == here} - seen
        seen |= news
        waiting += news
    return seen


def _of_states(found: "ProcedureType") -> Iterable[str]:
    codes = [state.code for state in found.states]
    yield from _repeated("el estado", codes)
    known = set(codes)
    yield from (f"no se llega a «{code}»" for code in sorted(known - reachable(found)))
    ends = reachable(found, backwards=True)
    yield from (f"de «{code}» no se sale" for code in sorted(known - ends))
    for state in found.states:
        if state.is_final and found.steps_from(state.code):
            yield f"«{state.code}» es final y tiene pasos"


def _of_steps(found: "ProcedureType") -> Iterable[str]:
    known = {state.code for state in found.states}
    steps = {step.step for step in found.transitions}
    pairs = [f"{step.step} de {origin}" for step in found.transitions for origin in step.origins]
    yield from _repeated("el paso", pairs)
    for step in found.transitions:
        strange = {*step.origins, step.to} - known
        yield from (f"el paso «{step.step}» nombra «{code}»" for code in sorted(strange))
        if step.step in RESERVED_STEPS:
            yield f"«{step.step}» es un nombre reservado"
        if step.not_by and step.not_by not in steps:
            yield f"«{step.step}» excluye a quien dio «{step.not_by}», que no existe"
        if step.papers_signed and not step.papers:
            yield f"«{step.step}» pide firmas de un documento que no nombra"
        if step.days < 0:
            yield f"«{step.step}» tiene un plazo negativo"


def _of_requirements(found: "ProcedureType") -> Iterable[str]:
    yield from _repeated("el requisito", [one.code for one in found.requirements])
    for one in found.requirements:
        if one.ticks_from not in TICKS_FROM:
            yield f"«{one.code}» se cumple por «{one.ticks_from}»"
        if (one.ticks_from == "source") != bool(one.kinds) and one.ticks_from != "open_debts":
            yield f"«{one.code}»: clases de documento solo si se cumple con un documento"
        if (one.ticks_from == "holds") != (one.holds in HOLDS):
            yield f"«{one.code}»: no se sabe qué tiene ya la oficina"
        if one.ticks_from in ("holds", "open_debts") and not found.needs_unit:
            yield f"«{one.code}» pregunta por un predio que el trámite no exige"


def _of_proposal(found: "ProcedureType") -> Iterable[str]:
    given = {step.proposal for step in found.transitions} - {""}
    yield from (f"no hay estado de propuesta «{one}»" for one in sorted(given - set(PROPOSAL)))
    if found.verb and found.verb not in acts():
        yield f"no existe el acto «{found.verb}»"
    wanted = {"SUBMITTED", "APPROVED", "RETURNED", "EFFECTIVE"} if found.verb else set()
    if given != wanted:
        yield "los pasos de la propuesta no corresponden al acto"


def _repeated(what: str, names: list[str]) -> Iterable[str]:
    yield from (
        f"{what} «{one}» está dos veces" for one in sorted({*names}) if names.count(one) > 1
    )

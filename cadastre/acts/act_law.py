"""What the law asks of each act, read from the dated files in ``law/``: its documents, from when it is valid, debts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gis_project.core.errors import InvalidInput
from gis_project.core.law import LawParameter, load_law_folder

LAW_FOLDER = Path(__file__).parent / "law"


class UnknownAct(InvalidInput):
    """There is no such act: use one of the verbs of the acts' table."""

    code = "unknown_act"


class UnknownCause(InvalidInput):
    """The act does not know this cause: use one of those that its message lists."""

    code = "unknown_cause"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One document that an act needs: any of these kinds serves; `why` names it for people."""

    any_of: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLaw:
    """What the law asks of one act (and cause) on a day; ``citation`` says where it is written.

    ``second_person_for`` names the data (with dots into their parts) that no one changes alone even where
    the act needs no second person otherwise. ``mends``: which data answer an observation of an import, by its code.
    ``absorbs``: the tenures that end with who takes the predio as his own.
    ``summed_years``: of how many years back the changes of area are held together against the tolerance.
    ``lots_at_most``: how many lots the act may leave before it needs the documents ``beyond_tolerance``; 0 for any.
    """

    verb: str
    cause: str
    title: str
    requirements: tuple[Requirement, ...]
    beyond_tolerance: tuple[Requirement, ...]
    valid_from: tuple[str, ...]
    stopped_by_debt: bool
    debt_excused_by: tuple[str, ...]
    stopped_by_burdens: tuple[str, ...]
    tenures: tuple[str, ...]
    tenure_changes: frozenset[tuple[str, str]]
    absorbs: tuple[str, ...]
    ownership_needs: tuple[str, ...]
    needs_second_person: bool
    second_person_for: tuple[str, ...]
    mends_observed: bool
    mends: Mapping[str, tuple[str, ...]]
    summed_years: int
    lots_at_most: int
    citation: str

    @property
    def counted_kinds(self) -> frozenset[str]:
        """The kinds of document that the act rests on: asked for, dating it, or excusing an obstacle."""
        asked = (*self.requirements, *self.beyond_tolerance)
        return frozenset(
            (
                "COURT_ORDER",
                *(kind for one in asked for kind in one.any_of),
                *self.valid_from,
                *self.debt_excused_by,
                *self.ownership_needs,
            )
        )

    def is_stopped_by_debt(self, kinds: Iterable[str]) -> bool:
        """Whether open titles stop the act when documents of these kinds are brought."""
        return self.stopped_by_debt and not set(kinds) & set(self.debt_excused_by)

    def may_pass(self, given: str, taken: str) -> bool:
        """Whether a right of the one tenure may become one of the other by this act and cause."""
        if given not in self.tenures or taken not in self.tenures:
            return False
        return given == taken or (given, taken) in self.tenure_changes

    def burdens_that_stop(self, kinds: Iterable[str]) -> frozenset[str]:
        """The kinds of burden that forbid the act, unless a judge orders it."""
        return frozenset() if "COURT_ORDER" in set(kinds) else frozenset(self.stopped_by_burdens)


@cache
def acts() -> MappingProxyType[str, LawParameter]:
    """Every act by its verb."""
    return load_law_folder(LAW_FOLDER)


def act_law(verb: str, *, cause: str = "", on: date) -> ActLaw:
    """The law of an act on a civil date; raises UnknownAct, UnknownCause, LawNotInForce."""
    if verb not in acts():
        raise UnknownAct(
            f"No existe el acto «{verb}»: use uno de {', '.join(sorted(acts()))}.",
            details={"verb": verb},
        )
    parameter = acts()[verb]
    told = parameter.on(on).fields
    causes: Mapping[str, str] = told.get("causes", {})
    if (cause or causes) and cause not in causes:
        known = ", ".join(f"{code} ({name})" for code, name in causes.items()) or "ninguna"
        raise UnknownCause(
            f"«{parameter.title}» no admite la causa «{cause}». Causas: {known}.",
            details={"verb": verb, "cause": cause},
        )
    title = f"{parameter.title} por {causes[cause]}" if cause else parameter.title
    instead = told.get("instead", {}).get(cause)
    rows = instead if instead is not None else [*told["requires"], *_of_cause(told, cause)]
    return ActLaw(
        verb=verb,
        cause=cause,
        title=title,
        requirements=_requirements(rows),
        beyond_tolerance=_requirements(told.get("requires_beyond_tolerance", ())),
        valid_from=tuple(told.get("valid_from_instead", {}).get(cause, told["valid_from"])),
        stopped_by_debt=told["stopped_by_debt"]
        and cause not in told.get("debt_excused_causes", ()),
        debt_excused_by=tuple(told["debt_excused_by"]),
        stopped_by_burdens=()
        if cause in told.get("burden_excused_causes", ())
        else tuple(told.get("stopped_by_burdens", ())),
        tenures=tuple(told.get("tenures_instead", {}).get(cause, told.get("tenures", ()))),
        absorbs=tuple(told.get("absorbs", {}).get(cause, ())),
        ownership_needs=tuple(told.get("ownership_needs", ())),
        tenure_changes=frozenset(
            (given, taken) for given, taken in told.get("tenure_changes", {}).get(cause, ())
        ),
        needs_second_person=told["needs_second_person"],
        second_person_for=tuple(told.get("second_person_for", ())),
        mends_observed=told.get("mends_observed", False),
        mends=told.get("mends", {}),
        summed_years=told.get("summed_years", 0),
        lots_at_most=told.get("lots_at_most", 0),
        citation=parameter.citation,
    )


def is_excused_from_debts(verb: str, cause: str, *, on: date) -> bool:
    """Whether open titles never stop the act for this cause: an expropriation is none of the owner's will."""
    return cause in acts()[verb].on(on).fields.get("debt_excused_causes", ())


def needs_second_person(law: ActLaw, told: Mapping[str, Any]) -> bool:
    """Whether somebody else must approve the act with these inputs, as JSON tells them."""
    return law.needs_second_person or any(_says(told, name) for name in law.second_person_for)


def _says(told: Any, name: str) -> bool:
    *parents, last = name.split(".")
    for part in parents:
        told = told.get(part) if isinstance(told, Mapping) else None
    if not isinstance(told, Mapping):
        return False
    # Among `changes`, an empty value takes back what stood there: that changes it too.
    return last in told if parents == ["changes"] else bool(told.get(last))


def _of_cause(told: Mapping[str, Any], cause: str) -> Iterable[Any]:
    found: Iterable[Any] = told.get("by_cause", {}).get(cause, ())
    return found


def _requirements(rows: Iterable[Mapping[str, Any]]) -> tuple[Requirement, ...]:
    return tuple(Requirement(tuple(row["any_of"]), row["why"]) for row in rows)

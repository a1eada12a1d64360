"""Whether the documents brought suffice, and from which day the act is valid (practice.md §2, order at the counter)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cadastre.acts.act_law import ActLaw, Requirement
from gis_project.core.errors import InvalidInput


class SourcesMissing(InvalidInput):
    """The act stays a draft until the documents that the message lists are brought."""

    code = "sources_missing"


class SourceIncomplete(InvalidInput):
    """A document lacks the data that make it one: an inscription needs number and date."""

    code = "source_incomplete"


class NotInForceYet(InvalidInput):
    """The document that makes the act valid bears a date to come: wait for it, or correct it."""

    code = "not_in_force_yet"


@dataclass(frozen=True, slots=True)
class BroughtSource:
    """What the rules need to know of a document: its kind, number and date."""

    kind: str
    number: str = ""
    issued_on: date | None = None
    valid_until: date | None = None


def missing_sources(
    law: ActLaw, brought: Sequence[BroughtSource], *, beyond_tolerance: bool = False
) -> tuple[Requirement, ...]:
    """The requirements that no document meets, in the law's order; empty when the act may take effect."""
    asked = law.requirements + (law.beyond_tolerance if beyond_tolerance else ())
    kinds = {source.kind for source in brought}
    return tuple(requirement for requirement in asked if not kinds & set(requirement.any_of))


def check_sources(
    law: ActLaw, brought: Sequence[BroughtSource], *, beyond_tolerance: bool = False
) -> None:
    """Raise SourcesMissing with what is missing, or SourceIncomplete."""
    missing = missing_sources(law, brought, beyond_tolerance=beyond_tolerance)
    if missing:
        raise SourcesMissing(
            f"«{law.title}» no puede entrar en vigencia: falta "
            + "; y ".join(requirement.why for requirement in missing)
            + ".",
            details={"missing": [list(requirement.any_of) for requirement in missing]},
        )
    for source in brought:
        if source.kind == "INSCRIPTION" and not (source.number and source.issued_on):
            raise SourceIncomplete(
                "La inscripción necesita su número y su fecha: cópielos de la razón de inscripción.",
                details={"kind": source.kind},
            )


def valid_from(law: ActLaw, brought: Sequence[BroughtSource], *, today: date) -> date:
    """The day from which the act is valid: that of the first kind in the law's list that was brought.

    The latest date counts among several documents of that kind. SourceIncomplete without a date,
    NotInForceYet when it lies after today.
    """
    for kind in law.valid_from:
        dates = [source.issued_on for source in brought if source.kind == kind]
        if not dates:
            continue
        told = [day for day in dates if day is not None]
        if len(told) < len(dates):
            raise SourceIncomplete(
                "Falta la fecha del documento que fija la vigencia del acto.",
                details={"kind": kind},
            )
        day = max(told)
        if day > today:
            raise NotInForceYet(
                f"El documento tiene fecha {day:%d/%m/%Y}, posterior a hoy: revise la fecha.",
                details={"kind": kind, "issued_on": day.isoformat()},
            )
        return day
    return today

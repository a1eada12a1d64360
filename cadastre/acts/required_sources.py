"""Whether the documents brought suffice, and from which day the act is valid (practice.md §2, order at the counter).

A document that lacks what the law asks of its kind proves nothing: it excuses no obstacle and sets no day.
"""

from collections.abc import Sequence
from datetime import date

from cadastre.acts.act_law import ActLaw, Requirement
from cadastre.acts.documents import (
    CONFIRMATION,
    FILE,
    BroughtSource,
    DocumentLaw,
    document_law,
)
from gis_project.core.errors import Conflict, InvalidInput


class SourcesMissing(InvalidInput):
    """The act stays a draft until the documents that the message lists are brought."""

    code = "sources_missing"


class SourceIncomplete(InvalidInput):
    """A document lacks the data, or the scan, that make it one: bring it again with what the message names."""

    code = "source_incomplete"


class SourceNotConfirmed(Conflict):
    """Somebody else than who typed the inscription confirms that he saw it in the registry: ask him to."""

    code = "source_not_confirmed"


class NotInForceYet(InvalidInput):
    """The document that makes the act valid bears a date to come: wait for it, or correct it."""

    code = "not_in_force_yet"


def believed(
    law: ActLaw, brought: Sequence[BroughtSource], *, on: date, is_rehearsal: bool = False
) -> tuple[BroughtSource, ...]:
    """The documents that lack nothing; a rehearsal believes those that still wait for scan or confirmation."""
    later = {FILE, CONFIRMATION} if is_rehearsal else set()
    return tuple(one for one in brought if set(_lacks(law, one, brought, on)) <= later)


def check_believed(law: ActLaw, brought: Sequence[BroughtSource], *, on: date) -> None:
    """Raise SourceIncomplete or SourceNotConfirmed where a kind that counts was brought and none of it is believed."""
    for refusal in unbelieved(law, brought, on=on):
        raise refusal


def unbelieved(
    law: ActLaw, brought: Sequence[BroughtSource], *, on: date
) -> list[SourceIncomplete | SourceNotConfirmed]:
    """A refusal for each kind that counts for the act, was brought, and is not believed."""
    sound = {source.kind for source in believed(law, brought, on=on)}
    found: list[SourceIncomplete | SourceNotConfirmed] = []
    for kind in dict.fromkeys(source.kind for source in brought):
        if kind in sound or kind not in law.counted_kinds:
            continue
        nearest = min(
            (source for source in brought if source.kind == kind),
            key=lambda source: len(_lacks(law, source, brought, on)),
        )
        found.append(
            refusal_of(document_law(kind, on=on), nearest, lacks=_lacks(law, nearest, brought, on))
        )
    return found


def waits_for_others(law: ActLaw, brought: Sequence[BroughtSource], *, on: date) -> bool:
    """Whether a document that counts lacks nothing but its scan or a second person's confirmation."""
    now = believed(law, brought, on=on)
    later = believed(law, brought, on=on, is_rehearsal=True)
    return any(source.kind in law.counted_kinds for source in later if source not in now)


def refusal_of(
    asked: DocumentLaw, source: BroughtSource, *, lacks: Sequence[str]
) -> SourceIncomplete | SourceNotConfirmed:
    """What to answer to a document that lacks this."""
    missing = [asked.words(name) for name in lacks]
    told = f"{asked.name} n.º {source.number}" if source.number.strip() else asked.name
    message = f"{told[:1].upper()}{told[1:]} no vale todavía: falta {'; '.join(missing)}."
    details = {"kind": source.kind, "lacks": list(lacks)}
    only_confirmation = tuple(lacks) == (CONFIRMATION,)
    refusal = SourceNotConfirmed if only_confirmation else SourceIncomplete
    return refusal(message, details=details)


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
    """Raise SourcesMissing with what is missing among the believed documents ``brought``."""
    missing = missing_sources(law, brought, beyond_tolerance=beyond_tolerance)
    if missing:
        raise SourcesMissing(
            f"«{law.title}» no puede entrar en vigencia: falta "
            + "; y ".join(requirement.why for requirement in missing)
            + ".",
            details={"missing": [list(requirement.any_of) for requirement in missing]},
        )


def valid_from(law: ActLaw, brought: Sequence[BroughtSource], *, today: date) -> date:
    """The day from which the act is valid: that of the first kind in the law's list that was brought.

    The latest date counts among several believed documents of that kind; NotInForceYet when it lies after today.
    """
    for kind in law.valid_from:
        told = [source.issued_on for source in brought if source.kind == kind and source.issued_on]
        if not told:
            continue
        day = max(told)
        if day > today:
            raise NotInForceYet(
                f"El documento tiene fecha {day:%d/%m/%Y}, posterior a hoy: revise la fecha.",
                details={"kind": kind, "issued_on": day.isoformat()},
            )
        return day
    return today


def _lacks(
    law: ActLaw, source: BroughtSource, brought: Sequence[BroughtSource], on: date
) -> tuple[str, ...]:
    kinds = {one.kind for one in brought}
    dating = next((kind for kind in law.valid_from if kind in kinds), "")
    return document_law(source.kind, on=on).lacks(source, dates=source.kind == dating)

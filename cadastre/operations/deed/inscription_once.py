"""One inscription, one deed: it may serve several predios, not the same right twice.

Two acts only where one deed holds both: it says so, and where the law does not list the pair, the registry does too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from cadastre.acts.act_law import ActLaw
from cadastre.acts.documents import may_share_a_deed
from cadastre.keys.plain_text import plain
from cadastre.models import AdministrativeSource, PropertyUnit, SourceConfirmation
from cadastre.models.versioned import Versioned
from cadastre.operations.deed.filing import Deed, Evidence, Filing
from cadastre.operations.deed.outcome import Obstacle
from cadastre.queries.act_titles import act_title
from gis_project.core.errors import Conflict
from gis_project.territory.scoped_postgis.prepared import run_prepared

_INSCRIPTION = AdministrativeSource.Kind.INSCRIPTION
# Advisory lock space 3 is of what is given or used once (keys, inscriptions).
_LOCK = "SELECT pg_advisory_xact_lock(3, hashtext(%s))"


_FORMER = (Path(__file__).parent / "sql" / "former_acts.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class FormerAct:
    """An act that rests on an inscription which is brought again."""

    pk: UUID
    verb: str
    cause: str


class InscriptionUsed(Conflict):
    """Another act rests on the same inscription: bring its own, or say in its description why one deed does both.

    Where the law does not list the two together, who confirms the inscription says so in his remark besides.
    """

    code = "inscription_used"


def former_acts(evidence: Evidence) -> list[tuple[AdministrativeSource, list[FormerAct]]]:
    """The inscriptions believed, each with the acts that rest on it; others with it wait until this act ends."""
    return [(source, _former(source)) for source in evidence.sources if source.kind == _INSCRIPTION]


def obstacles_of_inscriptions(
    law: ActLaw,
    filing: Filing,
    former: Iterable[tuple[AdministrativeSource, list[FormerAct]]],
    units: Sequence[PropertyUnit],
    today: date,
) -> list[Obstacle]:
    """What former acts did with the inscriptions of this one; InscriptionUsed unless it is a dry run."""
    found = [
        Obstacle(InscriptionUsed.code, message)
        for source, acts in former
        for message in _uses(law, source, acts, units, today)
    ]
    if found and not filing.dry_run:
        raise InscriptionUsed(found[0].message)
    return found


def given_twice(deed: Deed, rows: Sequence[Versioned]) -> list[Obstacle]:
    """InscriptionUsed, or its obstacle in a dry run, when a former act by the same inscription opened one of these."""
    if not any(row.opened_by_id in deed.former for row in rows):
        return []
    inscribed = next(one for one in deed.evidence.sources if one.kind == _INSCRIPTION)
    message = (
        f"La inscripción n.º {inscribed.number} (repertorio {inscribed.repertory}) dio ya ese "
        "derecho o gravamen: con ella no se da otra vez; traiga la de este acto."
    )
    if not deed.filing.dry_run:
        raise InscriptionUsed(message)
    return [Obstacle(InscriptionUsed.code, message)]


def _uses(
    law: ActLaw,
    source: AdministrativeSource,
    former: Sequence[FormerAct],
    units: Sequence[PropertyUnit],
    today: date,
) -> list[str]:
    """Why this inscription does not serve the act; empty when it does."""
    told = f"La inscripción n.º {source.number} (repertorio {source.repertory}) sirvió ya para"
    messages = []
    made = {act.pk for act in former if act.verb == law.verb}
    if any(unit.opened_by_id in made for unit in units):
        messages.append(f"{told} el acto del que salió el predio: traiga la de este acto.")
    others = {act.verb: act for act in former if act.verb != law.verb}
    for verb, act in others.items():
        title = act_title(verb, cause=act.cause, on=today)
        if not source.description.strip():
            messages.append(
                f"{told} «{title}»: si una sola escritura contiene los dos actos, dígalo en la "
                "descripción del documento."
            )
        elif not may_share_a_deed(law.verb, verb, on=today) and not _attested(source):
            messages.append(
                f"{told} «{title}», y dos actos así no suelen ir en una escritura: quien confirma la inscripción "
                "dice en su observación que los contiene, o cada acto trae la suya."
            )
    return messages


def _attested(source: AdministrativeSource) -> bool:
    """Whether who confirmed that he saw it in the registry wrote a remark of his own on it."""
    found = SourceConfirmation.objects.filter(source=source).first()
    return found is not None and bool(found.note.strip())


def _former(source: AdministrativeSource) -> list[FormerAct]:
    """The acts that rest on an inscription of the same registry, repertorio, number and date, oldest first."""
    run_prepared(_LOCK, [f"{source.municipality_id} {source.number} {source.issued_on}"])
    asked = {
        "town": source.municipality_id,
        "number": source.number,
        "repertory": source.repertory,
        "issued_on": source.issued_on,
    }
    told = plain(source.issuer)
    return [
        FormerAct(*act[:3])
        for issuer, *act in run_prepared(_FORMER, asked)
        if plain(issuer) == told
    ]

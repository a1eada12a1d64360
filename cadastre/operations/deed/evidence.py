"""The documents of a filing, weighed: which are believed, and what the others still lack."""

from collections.abc import Iterable, Sequence
from datetime import date

from cadastre.acts.act_law import ActLaw
from cadastre.acts.documents import BroughtSource
from cadastre.acts.required_sources import believed, check_believed, unbelieved
from cadastre.models import AdministrativeSource, SourceConfirmation
from cadastre.operations.deed.filing import Evidence, Filing
from cadastre.operations.deed.outcome import Obstacle
from gis_project.territory.policy import person
from gis_project.territory.stored_rows import read_rows

_CONFIRMED = (
    AdministrativeSource.Kind.INSCRIPTION,
    AdministrativeSource.Kind.NO_DEBT_CERTIFICATE,
)


def weigh(law: ActLaw, filing: Filing, *, on: date) -> Evidence:
    """The evidence of a filing; SourceIncomplete or SourceNotConfirmed, but in a dry run obstacles instead.

    What the console files needs no second person, as no act of it does.
    """
    facts = facts_of(filing.sources, by_console=person(filing.by) is None)
    rows = {str(source.pk): source for source in filing.sources}
    obstacles: tuple[Obstacle, ...] = ()
    if filing.dry_run:
        obstacles = tuple(
            Obstacle(refusal.code, refusal.message) for refusal in unbelieved(law, facts, on=on)
        )
    else:
        check_believed(law, facts, on=on)
    sound = believed(law, facts, on=on, is_rehearsal=filing.dry_run)
    return Evidence(sound, tuple(rows[one.id] for one in sound), obstacles)


def facts_of(
    sources: Iterable[AdministrativeSource], *, by_console: bool = False
) -> list[BroughtSource]:
    """The documents as the rules see them, in their order."""
    rows = list(sources)
    confirmed = set() if by_console else _confirmed(rows)
    return [
        BroughtSource(
            kind=row.kind,
            number=row.number,
            issued_on=row.issued_on,
            valid_until=row.valid_until,
            issuer=row.issuer,
            repertory=row.repertory,
            has_file=bool(row.file_sha256),
            is_confirmed=by_console or row.pk in confirmed,
            id=str(row.pk),
        )
        for row in rows
    ]


def _confirmed(sources: Sequence[AdministrativeSource]) -> set[object]:
    asked = [source.pk for source in sources if source.kind in _CONFIRMED]
    if not asked:
        return set()
    found = read_rows(SourceConfirmation, "source_id = ANY(%s)", [asked])
    return {confirmation.source_id for confirmation in found}

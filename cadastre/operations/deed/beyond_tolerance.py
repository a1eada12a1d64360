"""The further documents that an act needs once it goes further: in area than the ordinance tolerates, or in lots."""

from cadastre.acts.required_sources import check_sources, missing_sources
from cadastre.operations.deed.outcome import Obstacle
from cadastre.operations.deed.perform import Work


def ask_for_further_documents(work: Work, *, because: str) -> None:
    """SourcesMissing without the law's documents beyond the tolerance; a dry run tells them as obstacles."""
    law, brought = work.deed.law, work.deed.evidence.brought
    if not work.deed.filing.dry_run:
        check_sources(law, brought, beyond_tolerance=True)
        return
    asked = missing_sources(law, brought, beyond_tolerance=True)
    work.obstacles += [
        Obstacle("sources_missing", f"{because}: falta {requirement.why}.")
        for requirement in asked
        if requirement in law.beyond_tolerance
    ]


def ask_beyond_lots(work: Work, lots: int) -> None:
    """The further documents once the act leaves more lots than its law lets it; SourcesMissing."""
    at_most = work.deed.law.lots_at_most
    if at_most and lots > at_most:
        ask_for_further_documents(
            work, because=f"Son {lots} lotes, y más de {at_most} es una urbanización"
        )

"""The counter's one search: predios by what is written on papers, people where office and purpose allow it."""

from dataclasses import dataclass
from datetime import date

from cadastre.queries.holders import Holding, HoldingsResult, search_holders
from cadastre.queries.search import SearchResult, search_properties
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.policy import Actor

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class CounterResult:
    """`people` is None when no people were searched; `needs_purpose` says that only the purpose was missing."""

    properties: SearchResult
    people: HoldingsResult | None
    needs_purpose: bool
    page: int
    has_more: bool

    @property
    def is_empty(self) -> bool:
        return not self.properties.properties and not (self.people and self.people.holdings)


def search_counter(
    *,
    municipality: Municipality,
    actor: Actor,
    sees_people: bool,
    text: str,
    purpose: str,
    page: int,
    on: date,
) -> CounterResult:
    """What `text` finds; a search of people is recorded before anything of it is shown."""
    offset = (page - 1) * PAGE_SIZE
    found = search_properties(
        municipality=municipality, text=text, on=on, limit=PAGE_SIZE, offset=offset
    )
    people = None
    if sees_people and purpose:
        people = search_holders(
            municipality=municipality, text=text, on=on, limit=PAGE_SIZE, offset=offset
        )
        log_access(
            municipality=municipality,
            actor=actor,
            action="search_people",
            query=text,
            found=people.matched,
            purpose=purpose,
            subject=_the_one_document(people.holdings),
        )
    return CounterResult(
        properties=found,
        people=people,
        needs_purpose=sees_people and not purpose,
        page=page,
        has_more=max(found.matched, people.matched if people else 0) > offset + PAGE_SIZE,
    )


def _the_one_document(holdings: tuple[Holding, ...]) -> str:
    documents = {holding.id_number for holding in holdings}
    return documents.pop() if len(documents) == 1 else ""

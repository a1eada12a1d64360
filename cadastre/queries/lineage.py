"""Ancestors and descendants of a parcel: what it came from, what became of it, by which acts.

A graph on a civil date, as known now or at an instant: acts that were valid or recorded later are not in it. It is
walked generation by generation with the visited set apart, so that neither a cycle nor a thousand parts of parts
stop it; what lies beyond the bounds is told on the nodes where it would go on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

from django.db import connection

from cadastre.queries.lineage_acts import LineageAct, closings_of, lineage_acts
from cadastre.queries.lineage_nodes import LineageNode, lineage_nodes
from gis_project.territory.models import Municipality

GENERATIONS_AT_MOST = 12
NODES_AT_MOST = 80
_EDGES = (Path(__file__).parent / "sql" / "lineage_edges.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class LineageEdge:
    """One parcel became another by an act."""

    parent: UUID
    child: UUID
    operation_id: UUID


@dataclass(frozen=True, slots=True)
class Lineage:
    """The graph around `subject`; nodes oldest generation first, acts in their order.

    `is_whole` is False where the bounds cut it: `goes_on` of the nodes says where.
    """

    subject: UUID
    on: date
    known: datetime | None
    nodes: tuple[LineageNode, ...]
    edges: tuple[LineageEdge, ...]
    acts: tuple[LineageAct, ...]
    is_whole: bool

    def node(self, parcel: UUID) -> LineageNode:
        """The node of a parcel that is in the graph."""
        return next(node for node in self.nodes if node.parcel_id == parcel)

    @property
    def subject_key(self) -> str | None:
        """The key of the parcel asked for, on that day or its last."""
        return self.node(self.subject).key


_Generations: TypeAlias = dict[UUID, int]


def lineage_of(
    parcel: UUID, *, municipality: Municipality, on: date, known: datetime | None = None
) -> Lineage:
    """The lineage of a parcel on a civil date, as the register knows it now or knew it at an instant.

    Areas are exact m² on the grid of EPSG:32717. Nobody's name is in it.
    """
    generations: _Generations = {parcel: 0}
    found: dict[tuple[UUID, UUID], LineageEdge] = {}
    beyond: set[UUID] = set()
    for step in (-1, 1):
        beyond |= _walk(parcel, step, generations, found, municipality, on, known)
    edges = tuple(
        edge for edge in found.values() if edge.parent in generations and edge.child in generations
    )
    nodes = lineage_nodes(
        generations,
        municipality=municipality,
        on=on,
        known=known,
        closings=closings_of(list(generations), on=on, known=known),
        goes_on=beyond,
    )
    concerned = {*(edge.operation_id for edge in edges), *(n.ended_by for n in nodes if n.ended_by)}
    return Lineage(
        subject=parcel,
        on=on,
        known=known,
        nodes=nodes,
        edges=edges,
        acts=lineage_acts(concerned, known=known),
        is_whole=not beyond,
    )


def _walk(
    start: UUID,
    step: int,
    generations: _Generations,
    found: dict[tuple[UUID, UUID], LineageEdge],
    municipality: Municipality,
    on: date,
    known: datetime | None,
) -> set[UUID]:
    """Fills in what lies one way (-1 ancestors, 1 descendants); the parcels where it would go on."""
    level, depth = [start], 0
    visited = {start}
    beyond: set[UUID] = set()
    while level:
        following: dict[UUID, None] = {}
        for edge in _edges_at(level, municipality, on, known):
            here, there = (edge.child, edge.parent) if step < 0 else (edge.parent, edge.child)
            if here not in visited:
                continue
            if there not in generations:
                if abs(depth) >= GENERATIONS_AT_MOST or len(generations) >= NODES_AT_MOST:
                    beyond.add(here)
                    continue
                generations[there] = depth + step
            found[edge.parent, edge.child] = edge
            if there not in visited:
                following[there] = None
        visited |= following.keys()
        level, depth = list(following), depth + step
    return beyond


def _edges_at(
    parcels: Sequence[UUID], municipality: Municipality, on: date, known: datetime | None
) -> Iterable[LineageEdge]:
    with connection.cursor() as cursor:
        cursor.execute(
            _EDGES,
            {"parcels": list(parcels), "town": municipality.pk, "day": on, "known": known},
        )
        return [LineageEdge(*row) for row in cursor.fetchall()]

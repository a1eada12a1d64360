"""Who holds what in the register now, and which values were migrated, in the form an import compares."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from cadastre.imports.register_rows import Value
from cadastre.models import MigratedValue, PartyIdentity, Right
from gis_project.territory.models import Municipality


@dataclass(frozen=True, slots=True)
class KnownParties:
    """Party ids by document (kind and number) and, for those without one, by searched name."""

    by_document: dict[tuple[str, str], UUID]
    by_name: dict[str, UUID]
    names: dict[UUID, str]


HeldNow = frozenset[tuple[UUID, str, int | None, int | None]]


def known_parties(municipality: Municipality) -> KnownParties:
    """The parties of the municipality; of several with one name and no document, the first by id."""
    by_document, by_name, names = {}, {}, {}
    rows = PartyIdentity.objects.filter(municipality=municipality).order_by("-party_id")
    for party, kind, number, name in rows.values_list(
        "party_id", "id_kind", "id_number", "search_name"
    ):
        names[party] = name
        if number:
            by_document[kind, number] = party
        else:
            by_name[name] = party
    return KnownParties(by_document, by_name, names)


def held_now(municipality: Municipality) -> dict[UUID, HeldNow]:
    """Unit → what is held of it from now on: party, kind, share's numerator and denominator."""
    held: dict[UUID, set[tuple[UUID, str, int | None, int | None]]] = defaultdict(set)
    rows = Right.objects.known().filter(municipality=municipality, valid__upper_inf=True)
    for unit, *one in rows.values_list(
        "unit_id", "party_id", "kind", "share_numerator", "share_denominator"
    ):
        held[unit].add(tuple(one))
    return {unit: frozenset(rights) for unit, rights in held.items()}


def migrated_values(municipality: Municipality) -> dict[tuple[UUID, int], Value]:
    """(unit, year) → the value that was migrated."""
    rows = MigratedValue.objects.filter(municipality=municipality)
    return {
        (unit, year): Value(land, building, total)
        for unit, year, land, building, total in rows.values_list(
            "unit_id", "year", "land_value", "building_value", "total_value"
        )
    }

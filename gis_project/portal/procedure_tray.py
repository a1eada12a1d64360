"""The trays of procedures: whose they are, their filters, and the rows that a page of them shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadastre.models import KeyAlias, Procedure, ProcedureUnit
from cadastre.procedures.procedure_type import procedure_types
from cadastre.queries.procedure_holders import (
    holders_of_procedures,
    in_hands_of,
    offices_of,
    with_last_mover,
)
from cadastre.queries.procedures import procedures_seen_by, waiting_for
from gis_project.portal.procedure_term import Term, term_of
from gis_project.territory.models import Municipality, User
from gis_project.territory.queries.days_off import days_off

TRAYS = {
    "mine": _("A mi cargo"),
    "office": _("De mi oficina"),
    "overdue": _("Vencidos"),
    "open": _("Todos los abiertos"),
    "closed": _("Terminados"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the tray's form narrows by; empty texts narrow nothing."""

    tray: str
    kind: str = ""
    state: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedProcedure:
    """A row of the tray; ``holder`` is None where it lies with ``offices``."""

    procedure: Procedure
    title: str
    state: str
    keys: tuple[str, ...]
    term: Term
    holder: User | None
    offices: tuple[str, ...]


def read_filters(told: Mapping[str, str], *, municipality: Municipality) -> Filters:
    """The filters of an address; what it misspells is left out."""
    tray, kind = told.get("tray", ""), told.get("kind", "")
    state = told.get("state", "")
    return Filters(
        tray=tray if tray in TRAYS else "office",
        kind=kind if kind in procedure_types() else "",
        state=state if state in state_titles() else "",
        person=told.get("person", "") if told.get("person", "") in people_of(municipality) else "",
    )


def state_titles() -> list[str]:
    """The states of all types by their titles, each once."""
    found = {
        state.title
        for one in procedure_types().values()
        for state in one.states
        if not state.is_final
    }
    return sorted(found)


def people_of(municipality: Municipality) -> dict[str, str]:
    """Officials who have moved some procedure here, id → name."""
    movers = Procedure.objects.filter(municipality=municipality, events__by__isnull=False)
    rows = User.objects.filter(pk__in=movers.values("events__by")).order_by("full_name")
    return {str(pk): name for pk, name in rows.values_list("pk", "full_name")}


def procedures_in(
    filters: Filters, *, by: User, municipality: Municipality, on: date, held: frozenset[str]
) -> Any:
    """The procedures of a tray, as a queryset: the most pressing first; the closed ones, latest first.

    ``held`` are the person's step capabilities.
    """
    found = with_last_mover(procedures_seen_by(by, municipality=municipality, on=on))
    if filters.tray == "closed":
        found = found.filter(closed_at__isnull=False).order_by("-closed_at", "pk")
    else:
        found = found.filter(closed_at__isnull=True)
    if filters.tray == "mine":
        found = found.filter(in_hands_of(by, held=held))
    elif filters.tray == "office":
        found = found.filter(waiting_for(held))
    elif filters.tray == "overdue":
        found = found.filter(due_on__lt=on)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.state:
        found = found.filter(_in_state(filters.state))
    if filters.person:
        found = found.filter(last_mover=filters.person)
    return found


def counts(
    *, by: User, municipality: Municipality, on: date, held: frozenset[str]
) -> dict[str, int]:
    """How many stand in each tray of open procedures, without further filters."""
    whose: dict[str, Any] = {"by": by, "municipality": municipality, "on": on, "held": held}
    return {
        tray: procedures_in(Filters(tray=tray), **whose).count()
        for tray in TRAYS
        if tray != "closed"
    }


def listed(
    procedures: Iterable[Procedure], *, municipality: Municipality, on: date
) -> list[ListedProcedure]:
    """The rows of one page."""
    rows = list(procedures)
    keys = _keys(rows, on)
    holders = holders_of_procedures(rows, municipality=municipality, on=on)
    off = days_off(municipality)
    types = procedure_types()
    return [
        ListedProcedure(
            procedure=row,
            title=types[row.kind].title,
            state=types[row.kind].state(row.state).title,
            keys=keys.get(row.pk, ()),
            term=term_of(row, on=on, off=off),
            holder=holders.get(row.pk),
            offices=() if row.closed_at else offices_of(row),
        )
        for row in rows
    ]


def _in_state(title: str) -> Q:
    wanted = Q(pk__in=[])
    for found in procedure_types().values():
        codes = [state.code for state in found.states if state.title == title]
        wanted |= Q(kind=found.code, state__in=codes)
    return wanted


def _keys(rows: list[Procedure], on: date) -> dict[UUID, tuple[str, ...]]:
    """Procedure → the principal keys of its predios; of a retired predio, its last one."""
    units = ProcedureUnit.objects.filter(procedure__in=rows).values_list("procedure", "unit")
    wanted: dict[Any, Any] = {}
    for procedure, unit in units:
        wanted.setdefault(unit, []).append(procedure)
    aliases = KeyAlias.objects.known().filter(unit__in=wanted, is_principal=True).order_by("valid")
    last = {alias.unit_id: alias.text for alias in aliases}
    found: dict[UUID, tuple[str, ...]] = {}
    for unit, procedures in wanted.items():
        for procedure in procedures:
            if unit in last:
                found[procedure] = (*found.get(procedure, ()), last[unit])
    return found

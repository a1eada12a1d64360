"""The sections of the handover report in their order; another subject adds its function here."""

from collections.abc import Callable
from datetime import date
from typing import Final

from cadastre.queries.handover.backup_proof import last_backup
from cadastre.queries.handover.expiring import expiring_acts
from cadastre.queries.handover.fieldwork import packages_out
from cadastre.queries.handover.money import rolls
from cadastre.queries.handover.people_and_law import appointments, ordinances
from cadastre.queries.handover.procedures import open_procedures
from cadastre.queries.handover.register import integrity, last_loads, pending_ground
from cadastre.queries.handover.section import Section
from cadastre.queries.handover.transfers import told_transfers
from cadastre.queries.handover.work import open_jobs, open_proposals
from gis_project.territory.models import Municipality

SECTIONS: Final[tuple[Callable[[Municipality, date], Section], ...]] = (
    open_procedures,
    open_proposals,
    open_jobs,
    told_transfers,
    packages_out,
    pending_ground,
    expiring_acts,
    appointments,
    ordinances,
    rolls,
    last_loads,
    last_backup,
    integrity,
)


def handover_sections(municipality: Municipality, *, on: date) -> tuple[Section, ...]:
    return tuple(section(municipality, on) for section in SECTIONS)

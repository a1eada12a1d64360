"""Papers as officials' pages list them, and who may download one."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from cadastre.models import PartyIdentity, PropertyUnit, Right
from gis_project.core.errors import DomainError
from gis_project.core.verification_code import read_code
from gis_project.portal.paper_answer import PaperNotFound
from gis_project.territory.models import Municipality, Paper, User
from gis_project.territory.operations.issue_paper import capability_for
from gis_project.territory.policy import Actor, can

SHOWN = 50


def may_work_with_papers(actor: Actor, *, municipality: Municipality, on: date) -> bool:
    """Whether the person issues or signs papers there."""
    return any(
        can(actor, capability, municipality=municipality, on=on)
        for capability in ("issue_certificates", "issue_planning_report", "sign_papers")
    )


def papers_on(unit: PropertyUnit) -> list[Paper]:
    """The papers issued on a predio, newest first."""
    rows = Paper.objects.filter(subject_type=Paper.Subject.UNIT, subject_id=str(unit.pk))
    return list(rows.select_related("voiding").order_by("-issued_at")[:SHOWN])


def latest_papers(municipality: Municipality) -> list[Paper]:
    """The papers issued last in a municipality."""
    rows = Paper.objects.filter(municipality=municipality).select_related("voiding")
    return list(rows.order_by("-issued_at")[:SHOWN])


def paper_in(municipality: Municipality, code: str) -> Paper:
    """The municipality's paper with this code; PaperNotFound otherwise."""
    try:
        found = (
            Paper.objects.filter(municipality=municipality, code=read_code(code))
            .select_related("municipality", "voiding")
            .first()
        )
    except DomainError:
        found = None
    if found is None:
        raise PaperNotFound("No hay un documento con ese código en este municipio.")
    return found


def may_read(paper: Paper, actor: Any, *, on: date) -> bool:
    """Officials who issue or sign, and the person whom the paper is about (never the office's own copy).

    A paper on a predio is about those whom the register knew as its holders when it was issued: who buys it
    later does not read who held it before.
    """
    town = paper.municipality
    if can(actor, capability_for(paper.kind), municipality=town, on=on) or can(
        actor, "sign_papers", municipality=town, on=on
    ):
        return True
    if not isinstance(actor, User) or not actor.cedula or paper.is_official_copy:
        return False
    if paper.subject_type == Paper.Subject.UNIT:
        # issued_at is cut to the second
        known_then = Right.objects.known_at(paper.issued_at + timedelta(seconds=1))
        held_then = known_then.valid_on(paper.issued_on)
        return bool(
            held_then.filter(
                unit_id=UUID(paper.subject_id), party__identity__id_number=actor.cedula
            ).exists()
        )
    return (
        paper.subject_type == Paper.Subject.PARTY
        and PartyIdentity.objects.filter(
            party_id=UUID(paper.subject_id), id_number=actor.cedula
        ).exists()
    )

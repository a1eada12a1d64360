"""What an incoming administration finds: everything open, pending and expiring, on one document."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.template.loader import render_to_string

from cadastre.papers.render import render
from cadastre.queries.handover.section import Section, many
from cadastre.queries.handover.sections import handover_sections
from gis_project.core.canonical import sha256_hex
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can
from gis_project.territory.scope import within

_CLOSING = (
    "Los datos son los del registro en el instante indicado. El paquete completo, que otro sistema "
    "puede cargar, se obtiene con export_everything."
)


def handover_report(
    *, municipality: Municipality, by: Actor, at: datetime, as_pdf: bool = True
) -> bytes:
    """The report as PDF or as one HTML page; an audit event keeps the hash of what it told.

    Raises NotAllowed.
    """
    local = at.astimezone(ZoneInfo(municipality.time_zone))
    check_can(by, "manage_municipality", municipality=municipality, on=local.date())
    with within(municipality):
        sections = handover_sections(municipality, on=local.date())
    told = {
        "title": "Informe de entrega del catastro",
        "municipality": municipality.official_name,
        "office": municipality.cadastre_office,
        "made": f"{local:%d/%m/%Y, %H:%M}",
        "sections": [_plain(section) for section in sections],
        "closing": _CLOSING,
    }
    made = (
        render("handover", told, at=at)
        if as_pdf
        else render_to_string("cadastre/handover.html", told).encode()
    )
    with transaction.atomic():
        record_audit_event(
            municipality=municipality,
            actor=by,
            action="handover_report",
            object_type="municipality",
            object_id=municipality.pk,
            body={"told_sha256": sha256_hex(told)},
        )
    return made


def _plain(section: Section) -> dict[str, Any]:
    more = many(section.hidden, "fila más que no se imprime", "filas más que no se imprimen")
    return {
        "title": section.title,
        "told": section.told,
        "head": list(section.head),
        "rows": [list(row) for row in section.shown],
        "right": list(section.right),
        "widths": list(section.widths),
        "more": f"Hay {more}." if section.hidden else "",
    }

"""What ends soon by itself: documents that open changes and procedures rest on, and granted exemptions."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from cadastre.models import (
    AdministrativeSource,
    ProcedureRequirement,
    ProposalSource,
    TaxGrant,
)
from cadastre.queries.handover.section import Section, day, many
from cadastre.queries.proposals import OPEN
from gis_project.territory.models import Municipality

SOON = timedelta(days=180)


def expiring_acts(municipality: Municipality, on: date) -> Section:
    """Documents whose day ends within half a year or has ended, and exemptions whose last tax year is this one."""
    documents, grants = _documents(municipality, on), _grants(municipality, on)
    late = sum(one.valid_until is not None and one.valid_until < on for one in documents)
    return Section(
        title="Actos y documentos que vencen",
        told=f"{many(len(documents), 'documento', 'documentos')} de cambios o trámites abiertos vencen en los próximos "
        f"{SOON.days} días o vencieron ya ({late}); "
        f"{many(len(grants), 'exoneración termina', 'exoneraciones terminan')} con el año {on.year}.",
        head=("qué", "número", "predio", "vale hasta"),
        rows=(
            *(
                (
                    one.get_kind_display(),
                    one.number,
                    one.property_text,
                    day(one.valid_until) + _ended(one.valid_until, on),
                )
                for one in documents
            ),
            *(
                (
                    f"exoneración {one.code}",
                    one.act,
                    one.unit.number or "",
                    day(date(on.year, 12, 31)),
                )
                for one in grants
            ),
        ),
        widths=(4, 3, 2, 3),
        is_whole=True,
    )


def _documents(municipality: Municipality, on: date) -> list[AdministrativeSource]:
    of_proposal = ProposalSource.objects.filter(source=OuterRef("pk"), proposal__state__in=OPEN)
    of_procedure = ProcedureRequirement.objects.filter(
        source=OuterRef("pk"), procedure__closed_at__isnull=True
    )
    return list(
        AdministrativeSource.objects.filter(
            Q(Exists(of_proposal)) | Q(Exists(of_procedure)),
            municipality=municipality,
            valid_until__lte=on + SOON,
        ).order_by("valid_until", "pk")
    )


def _grants(municipality: Municipality, on: date) -> list[TaxGrant]:
    return list(
        TaxGrant.objects.known()
        .valid_on(on)
        .filter(municipality=municipality, until_year=on.year)
        .select_related("unit")
        .order_by("code", "pk")
    )


def _ended(until: date | None, on: date) -> str:
    return " · vencido" if until is not None and until < on else ""

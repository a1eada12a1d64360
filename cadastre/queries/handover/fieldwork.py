"""Field packages that somebody still has, and conflicts of those that came back."""

from datetime import date

from cadastre.models import FieldDelta
from cadastre.queries.field_area import area_words
from cadastre.queries.field_packages import field_packages
from cadastre.queries.handover.section import Section, day, many
from gis_project.territory.models import Municipality


def packages_out(municipality: Municipality, on: date) -> Section:
    """Who holds what, since when and until when; lost ones are closed and told in the audit trail."""
    out = list(field_packages(municipality, is_out=True).order_by("expires_on", "serial"))
    late = sum(package.expires_on < on for package in out)
    waiting = FieldDelta.objects.filter(
        package__municipality=municipality,
        outcome=FieldDelta.Outcome.CONFLICT,
        decision__isnull=True,
    ).count()
    return Section(
        title="Paquetes de campo sin devolver",
        told=f"{many(len(out), 'paquete', 'paquetes')} en el campo, {late} con el plazo vencido; "
        f"{many(waiting, 'cambio', 'cambios')} de campo en conflicto por decidir.",
        head=("paquete", "lo tiene", "zona", "predios", "entregado", "vence"),
        rows=tuple(
            (
                package.number,
                package.carrier.full_name,
                area_words(package.area),
                str(package.predios),
                day(package.issued_on),
                day(package.expires_on),
            )
            for package in out
        ),
        right=(3,),
        widths=(3, 4, 3, 1, 2, 2),
    )

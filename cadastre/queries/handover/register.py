"""How the register stands: observed predios, overlaps, loads, integrity."""

from datetime import date

from cadastre.models import ImportBatch, Observation
from cadastre.queries.handover.section import Section, day_of, figure, many
from cadastre.queries.handover.sql_rows import sql_rows
from gis_project.core.money import format_usd
from gis_project.territory.models import Municipality
from gis_project.territory.queries.integrity_laws import audit

LOADS = 10


def pending_ground(municipality: Municipality, on: date) -> Section:
    """Observed predios and overlaps that came with the old data, by parish."""
    rows = sql_rows("pending_by_parish", town=municipality.pk, day=on)
    observed = sum(row[2] for row in rows)
    overlaps = sum(row[3] for row in rows)
    opened = Observation.objects.filter(municipality=municipality, resolved_by=None).count()
    return Section(
        title="Predios observados y traslapes tolerados",
        told=f"De {many(sum(row[1] for row in rows), 'terreno', 'terrenos')}, {figure(observed)} están observados; "
        f"{many(overlaps, 'traslape tolerado', 'traslapes tolerados')} de los datos recibidos y "
        f"{many(opened, 'observación sin resolver', 'observaciones sin resolver')}. "
        "Un predio observado tributa y se encuentra, pero no recibe certificados hasta que se corrija.",
        head=("parroquia", "terrenos", "observados", "traslapes", "área traslapada (m²)"),
        rows=tuple(
            (parish, figure(all_), figure(bad), figure(pairs), format_usd(round(area, 2)))
            for parish, all_, bad, pairs, area in rows
        ),
        right=(1, 2, 3, 4),
        widths=(4, 2, 2, 2, 3),
    )


def last_loads(municipality: Municipality, on: date) -> Section:
    """The newest files that were loaded, with what they brought."""
    found = list(
        ImportBatch.objects.filter(municipality=municipality)
        .select_related("operation__made_by")
        .order_by("-recorded_at")[:LOADS]
    )
    return Section(
        title="Últimas cargas de datos",
        told=f"Se muestran hasta {LOADS}. Cada carga cumple: leídos = admitidos + observados + rechazados.",
        head=("archivo", "fecha", "leídos", "admitidos", "observados", "rechazados", "responde"),
        rows=tuple(
            (
                one.file_name,
                day_of(one.recorded_at, municipality),
                *(figure(n) for n in (one.read, one.admitted, one.observed, one.rejected)),
                one.operation.made_by.full_name
                if one.operation and one.operation.made_by
                else "consola",
            )
            for one in found
        ),
        right=(2, 3, 4, 5),
        widths=(4, 2, 2, 2, 2, 2, 3),
    )


def integrity(municipality: Municipality, on: date) -> Section:
    """Every law of the register with the rows that break it; the laws hold for all municipalities together."""
    findings = list(audit(examples=0))
    broken = sum(one.count for one in findings if not one.law.is_tolerated)
    return Section(
        title="Leyes del registro",
        told="Cada ley se comprobó al hacer este informe, en toda la instalación: "
        + ("ninguna se rompe." if not broken else f"{many(broken, 'fila', 'filas')} las rompen."),
        head=("ley", "filas"),
        rows=tuple(
            (
                f"{one.law.sentence}{' (tolerado)' if one.law.is_tolerated else ''}",
                figure(one.count),
            )
            for one in findings
        ),
        right=(1,),
        widths=(9, 1),
    )

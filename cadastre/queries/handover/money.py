"""What was emitted."""

from datetime import date

from cadastre.models import TaxRoll
from cadastre.queries.handover.section import Section, day_of, figure
from gis_project.core.money import format_usd
from gis_project.territory.models import Municipality


def rolls(municipality: Municipality, on: date) -> Section:
    """Each emission with its control total and the predios it left without a title."""
    found = TaxRoll.objects.filter(municipality=municipality).order_by(
        "-year", "kind", "supplement"
    )
    return Section(
        title="Emisiones",
        told="Títulos y totales de control, como los sumó la base al emitir. «Sin título» es la lista "
        "de trabajo: predios a los que les falta un dato.",
        head=("año", "clase", "títulos", "sin título", "total (USD)", "emitida"),
        rows=tuple(
            (
                str(one.year),
                one.get_kind_display(),
                figure(one.titles_count),
                figure(one.exceptions_count),
                format_usd(one.total),
                day_of(one.recorded_at, municipality),
            )
            for one in found
        ),
        right=(2, 3, 4),
        widths=(1, 2, 2, 2, 3, 2),
    )

"""A cash desk for each sample municipality, so that who tries the treasury's pages finds one to open."""

from cadastre.models import CashDesk
from cadastre.operations.collection.cash_sessions import add_cash_desk
from gis_project.territory.models import Municipality
from gis_project.territory.policy import CONSOLE


def ensure_sample_desk(municipality: Municipality) -> None:
    """«Ventanilla 1», written once; inside the municipality's scope."""
    if not CashDesk.objects.filter(municipality=municipality).exists():
        add_cash_desk(
            municipality=municipality,
            code="C01",
            name="Ventanilla 1",
            kind=CashDesk.Kind.WINDOW,
            by=CONSOLE,
        )

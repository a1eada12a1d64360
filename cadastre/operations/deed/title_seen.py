"""The area that a title states, where somebody tells another one than the register knows."""

from decimal import Decimal

from cadastre.models import ParcelVersion
from cadastre.operations.deed.outcome import Obstacle
from cadastre.operations.deed.perform import Work
from gis_project.core.errors import InvalidInput
from gis_project.core.units import format_m2

_SHOW_THE_TITLE = ("DEED", "INSCRIPTION", "COURT_ORDER")


class TitledAreaKnown(InvalidInput):
    """The register knows another area of the title: bring the deed, its inscription or the judge's order."""

    code = "titled_area_known"


def check_title_seen(work: Work, version: ParcelVersion, told: Decimal) -> None:
    """Another titled area (m²) than the register's shifts a verdict, so the title itself must be at hand.

    TitledAreaKnown, or its obstacle in a dry run.
    """
    known = version.titled_area_m2
    if known is None or known <= 0 or known == told:
        return
    if work.deed.evidence.kinds & set(_SHOW_THE_TITLE):
        return
    message = (
        f"El catastro sabe que el título dice {format_m2(known)}, y usted da {format_m2(told)}: traiga la "
        "escritura, la inscripción o la orden judicial que lo diga."
    )
    if not work.deed.filing.dry_run:
        raise TitledAreaKnown(message)
    work.obstacles.append(Obstacle(TitledAreaKnown.code, message))

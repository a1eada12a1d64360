"""The council's fee for issuing the title: a flat amount per predio (COOTAD Art. 566, ordinance)."""

from decimal import Decimal

from cadastre.valuation.ordinance import OrdinanceFacts
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import to_cents

CONCEPT = "EMISSION_FEE"
_ONE = Decimal(1)


def emission_fee(ordinance: OrdinanceFacts) -> Line | None:
    """The fee's line, or ``None`` where the ordinance sets none."""
    fee = ordinance.emission_fee
    if not fee:
        return None
    return Line(
        CONCEPT,
        "Servicio administrativo por emisión",
        fee,
        _ONE,
        RateUnit.USD,
        to_cents(fee),
        ordinance.emission_fee_citation,
    )

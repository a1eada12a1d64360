"""Property tax on urban predios (COOTAD Arts. 501-513): 0.25 to 5 per mille, rate by accumulation."""

from collections.abc import Sequence

from cadastre.taxation.accumulation import Portfolio
from cadastre.taxation.national_law import NationalLaw
from cadastre.taxation.property_tax import TaxKind, property_tax
from cadastre.valuation.facts import AppraisedUnit, UnitKind
from cadastre.valuation.ordinance import OrdinanceFacts
from gis_project.core.assessment import Line

CONCEPT = "PROPERTY_TAX_URBAN"


def property_tax_urban(
    *, holdings: Sequence[AppraisedUnit], ordinance: OrdinanceFacts, law: NationalLaw
) -> tuple[Portfolio, list[Line]]:
    """The owner's urban portfolio, and the tax line of each of its predios in the given order."""
    tax = TaxKind(
        UnitKind.URBAN,
        CONCEPT,
        "Impuesto a los predios urbanos",
        ordinance.urban_rates,
        law.urban_band,
        "tarifa según el valor acumulado del titular (COOTAD, Art. 505)",
    )
    return property_tax(tax, holdings=holdings, ordinance=ordinance, law=law)

"""Property tax on urban predios (COOTAD Arts. 501-513): 0.25 to 5 per mille, rate by accumulation."""

from collections.abc import Sequence

from cadastre.taxation.accumulation import Portfolio
from cadastre.taxation.exemptions import Taxable
from cadastre.taxation.national_law import NationalLaw
from cadastre.taxation.property_tax import TaxKind, property_tax
from cadastre.valuation.facts import AppraisedUnit, UnitKind
from cadastre.valuation.ordinance import OrdinanceFacts
from gis_project.core.assessment import Line

CONCEPT = "PROPERTY_TAX_URBAN"


def property_tax_urban(
    *, holdings: Sequence[AppraisedUnit], ordinance: OrdinanceFacts, law: NationalLaw
) -> tuple[Portfolio, list[Line], list[Taxable]]:
    """The owner's urban portfolio; the tax line of each of its predios and the making of its base."""
    tax = urban_tax_kind(ordinance, law)
    return property_tax(tax, holdings=holdings, ordinance=ordinance, law=law)


def urban_tax_kind(ordinance: OrdinanceFacts, law: NationalLaw) -> TaxKind:
    """The urban tax's words, table and band."""
    return TaxKind(
        UnitKind.URBAN,
        CONCEPT,
        "Impuesto a los predios urbanos",
        ordinance.urban_rates,
        law.urban_band,
        "tarifa según el valor acumulado del titular (COOTAD, Art. 505)",
    )

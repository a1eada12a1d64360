"""Property tax on rural predios (COOTAD Arts. 514-526): 0.25 to 3 per mille, rate by accumulation."""

from collections.abc import Sequence

from cadastre.taxation.accumulation import Portfolio
from cadastre.taxation.exemptions import Taxable
from cadastre.taxation.national_law import NationalLaw
from cadastre.taxation.property_tax import TaxKind, property_tax
from cadastre.valuation.facts import AppraisedUnit, UnitKind
from cadastre.valuation.ordinance import OrdinanceFacts
from gis_project.core.assessment import Line

CONCEPT = "PROPERTY_TAX_RURAL"


def property_tax_rural(
    *, holdings: Sequence[AppraisedUnit], ordinance: OrdinanceFacts, law: NationalLaw
) -> tuple[Portfolio, list[Line], list[Taxable]]:
    """The owner's rural portfolio; the tax line of each of its predios and the making of its base."""
    tax = rural_tax_kind(ordinance, law)
    return property_tax(tax, holdings=holdings, ordinance=ordinance, law=law)


def rural_tax_kind(ordinance: OrdinanceFacts, law: NationalLaw) -> TaxKind:
    """The rural tax's words, table and band."""
    return TaxKind(
        UnitKind.RURAL,
        CONCEPT,
        "Impuesto a los predios rurales",
        ordinance.rural_rates,
        law.rural_band,
        "tarifa según el valor acumulado del titular (COOTAD, Art. 518)",
    )

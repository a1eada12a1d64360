"""Which area the land is valued by: a dated parameter of the ordinance, never a habit of the code."""

from decimal import Decimal

from cadastre.valuation.facts import MissingInput, UnitFacts
from cadastre.valuation.ordinance import OrdinanceFacts, TaxedArea

_LEGAL_NOTE = "área catastral"
_TITLED_NOTE = "área según título"
_HUNDRED = Decimal(100)


def taxed_area(unit: UnitFacts, ordinance: OrdinanceFacts) -> tuple[Decimal, str]:
    """The area in m² and, in Spanish, which one it is; raises ``MissingInput``.

    ``LOWER_OF_BOTH`` takes the lower while the two differ by no more than the tolerance (in per
    cent of the titled area), the legal one beyond it, and the known one when one is unknown.
    """
    legal, titled = unit.legal_area_m2, unit.titled_area_m2
    choice = ordinance.taxed_area
    if choice is TaxedArea.LOWER_OF_BOTH and legal is not None and titled is not None:
        tolerance = ordinance.area_tolerance_pct
        if tolerance is not None and abs(legal - titled) * _HUNDRED > titled * tolerance:
            return legal, f"{_LEGAL_NOTE}: difiere del título más del {tolerance} %"
        return (titled, _TITLED_NOTE) if titled < legal else (legal, _LEGAL_NOTE)
    if choice is not TaxedArea.TITLED and legal is not None:
        return legal, _LEGAL_NOTE
    if choice is not TaxedArea.LEGAL and titled is not None:
        return titled, _TITLED_NOTE
    needed = _TITLED_NOTE if choice is TaxedArea.TITLED else _LEGAL_NOTE
    raise MissingInput(
        f"Al predio {unit.key} le falta el {needed}, con la que la ordenanza valora el suelo.",
        unit_id=unit.unit_id,
        what="AREA",
    )

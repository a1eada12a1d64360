"""A predio of public bodies or communes pays no property tax (COOTAD Art. 509 b urban, 520 rural).

Only where *all* its holders are of one exempt class. A predio held in part by them is not exempt
here: the exemption of a share alone is another rule. Whose class is not known is never exempt.
"""

from cadastre.taxation.national_law import ExemptHolders, NationalLaw
from cadastre.valuation.facts import UnitFacts


def exempt_holders(unit: UnitFacts, law: NationalLaw) -> ExemptHolders | None:
    """The class that all holders of ``unit`` are of and that exempts it; ``None`` if it is taxed."""
    classes = set(unit.holder_classes)
    for exempt in law.exempt_holders:
        if exempt.kind is unit.kind and classes == {exempt.holder_class}:
            return exempt
    return None

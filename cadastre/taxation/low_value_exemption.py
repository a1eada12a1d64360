"""A predio of low value pays no property tax (COOTAD Art. 509 a urban-marginal, 520 a rural).

Up to the limit, inclusive, and per predio. Urban: only one-family predios of urban-marginal
sectors; testing every urban predio, or a strict "less than", are known mistakes of other systems.
"""

from decimal import Decimal

from cadastre.taxation.national_law import NationalLaw
from cadastre.valuation.facts import UnitFacts, UnitKind
from cadastre.valuation.ordinance import OrdinanceFacts, SbuYear


def low_value_limit(unit: UnitFacts, ordinance: OrdinanceFacts, law: NationalLaw) -> Decimal | None:
    """The value in dollars up to which ``unit`` is exempt; ``None`` where no exemption applies."""
    if unit.kind is UnitKind.RURAL:
        multiple = law.rural_exempt_sbu
    elif unit.is_urban_marginal:
        multiple = law.urban_marginal_exempt_sbu
    else:
        return None
    return multiple * sbu_of(ordinance, law)


def sbu_of(ordinance: OrdinanceFacts, law: NationalLaw) -> Decimal:
    """The basic salary that measures exemptions: of the year the ordinance says."""
    year = ordinance.year if ordinance.sbu_year is SbuYear.SAME else ordinance.year - 1
    return law.sbu(year)

"""What is known of a predio and its holders beyond its value, and that its tax looks at.

All of it is told by acts and papers; nothing here is guessed. What is not known gives no benefit and is
listed as a doubt, never taken for a no. Personal facts (age, disability, income) stay out of every
line that anybody may look up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Grant:
    """An exemption or deduction that an act of the municipality grants to the predio.

    ``code`` is the law's or ordinance's. Holds from tax year ``from_year``; through ``until_year``
    where the act says so. ``part`` frees a fraction of the value, ``amount`` dollars of it; without
    either, all that the rule frees. ``act`` is the resolution, as a line will cite it.
    """

    code: str
    from_year: int
    until_year: int | None = None
    part: Decimal | None = None
    amount: Decimal | None = None
    act: str = ""


@dataclass(frozen=True, slots=True)
class HolderStanding:
    """One taxpayer of the predio with his share; a group without determined shares is one with all.

    ``income`` dollars a month, ``patrimony`` dollars, as proved for the elderly's exemption.
    ``disability_pct`` counts on the one predio for which he asked (``claims_here``).
    """

    taxpayer_id: str
    share: Fraction = Fraction(1)
    born_on: date | None = None
    income: Decimal | None = None
    patrimony: Decimal | None = None
    disability_pct: Decimal | None = None
    claims_here: bool = False
    is_natural: bool = False


@dataclass(frozen=True, slots=True)
class Mortgage:
    """What is still owed of the capital, and when the deduction was asked for."""

    balance: Decimal
    requested_on: date


@dataclass(frozen=True, slots=True)
class LotStanding:
    """Facts of an unbuilt or obsolete urban lot; ``services`` None: not known.

    Years are those of the event (transfer, disaster); dates those of declaration or notification.
    ``free_code`` is the reason of the law that frees it, by act.
    """

    services: frozenset[str] | None = None
    transferred_in: int | None = None
    disaster_in: int | None = None
    free_code: str = ""
    promotion_declared_on: date | None = None
    obsolete_notified_on: date | None = None


@dataclass(frozen=True, slots=True)
class TaxStanding:
    """All of it for one predio; ``quantities`` are uses of services by the charge's code."""

    grants: tuple[Grant, ...] = ()
    holders: tuple[HolderStanding, ...] = ()
    mortgage: Mortgage | None = None
    lot: LotStanding = LotStanding()
    quantities: Mapping[str, Decimal] = field(default_factory=dict)


NOTHING_KNOWN = TaxStanding()

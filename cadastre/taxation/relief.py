"""What an exemption or deduction takes from a predio's value or tax, and what could not be decided."""

from decimal import Decimal
from typing import NamedTuple

from gis_project.core.errors import InvalidInput
from gis_project.core.quantity import Quantity, given

PERSONAL_LABEL = "Beneficio personal del titular"


class UnknownGrant(InvalidInput):
    """An act grants an exemption that neither law nor ordinance has: correct its code, or load the ordinance."""

    code = "unknown_grant"


class PartsAboveOne(InvalidInput):
    """Acts in force grant the same exemption to parts that sum above the whole: correct their parts."""

    code = "parts_above_one"


class Relief(NamedTuple):
    """Dollars taken from the taxable value. ``frees_all``: the predio is exempt by this alone.

    ``of_buildings``: they are of the buildings' value, which is freed once. ``is_personal`` says
    something of a person's age or health: only its amount may be shown.
    """

    code: str
    label_es: str
    amount: Quantity
    citation: str
    is_personal: bool = False
    frees_all: bool = False
    of_buildings: bool = False

    @property
    def shown(self) -> Quantity:
        """The amount as a step that anybody may see."""
        if self.is_personal:
            return given("RELIEF_PERSONAL", PERSONAL_LABEL, self.amount.value)
        return self.amount


class OwnTax(NamedTuple):
    """Whose tax a relief is on: the holder in ``place``, with ``own`` of the ``taxable`` value.

    Where each co-owner has a rate of his own, his tax is his line; else it is that part of the whole.
    """

    place: int
    own: Decimal
    taxable: Decimal


class TaxRelief(NamedTuple):
    """A percentage of a part of the tax: (``top`` / ``bottom``) × ``percent``; of one holder's with ``of``."""

    code: str
    label_es: str
    top: Decimal
    bottom: Decimal
    percent: Decimal
    citation: str
    of: OwnTax | None = None


class Considered(NamedTuple):
    """A rule that was tried, whether it was applied, and why."""

    code: str
    is_applied: bool
    why_es: str


class Doubt(NamedTuple):
    """A fact that might give a benefit and is not known: AGE, PATRIMONY, INCOME, AMOUNT, SERVICES."""

    code: str
    unit_id: str
    taxpayer_id: str = ""


class Outcome(NamedTuple):
    """What one rule found."""

    reliefs: tuple[Relief, ...] = ()
    tax_reliefs: tuple[TaxRelief, ...] = ()
    considered: tuple[Considered, ...] = ()
    doubts: tuple[Doubt, ...] = ()

"""The parts of what is owed for a title, in the order in which a payment settles them (Código Tributario Art. 47).

Interest first, then the tax and what is billed with it, then surcharge and fines; within a title, and the
oldest title before the next.
"""

from enum import StrEnum


class DebtPart(StrEnum):
    """One part of a debt; the values are stored."""

    INTEREST = "INTEREST"
    TAX = "TAX"
    FIRE_LEVY = "FIRE_LEVY"
    OTHERS = "OTHERS"
    SURCHARGE = "SURCHARGE"
    FINE = "FINE"


IMPUTATION_ORDER = tuple(DebtPart)
# What interest runs on: neither itself nor the surcharge and fines, which punish the same delay.
PRINCIPAL = (DebtPart.TAX, DebtPart.FIRE_LEVY, DebtPart.OTHERS)
PART_NAMES: dict[DebtPart, str] = {
    DebtPart.INTEREST: "Interés por mora",
    DebtPart.TAX: "Impuesto predial",
    DebtPart.FIRE_LEVY: "Cuerpo de Bomberos",
    DebtPart.OTHERS: "Otros rubros",
    DebtPart.SURCHARGE: "Recargo",
    DebtPart.FINE: "Multa",
}

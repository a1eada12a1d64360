"""The answer about what is owed on one predio on a day. No name, and title numbers only for offices."""

from datetime import date
from enum import StrEnum

from ninja import Field, Schema

INTEREST_PENDING = "pendiente de liquidación en Tesorería"


class QuoteStatus(StrEnum):
    """Whether a title can be settled at the amount told."""

    PAYABLE = "PAYABLE"
    INTEREST_PENDING = "INTEREST_PENDING"
    NOT_YET_PAYABLE = "NOT_YET_PAYABLE"


class AdjustmentOut(Schema):
    concept: str
    label_es: str
    base: str = Field(description="el impuesto predial, sin los demás rubros")
    rate: str
    rate_unit: str = Field(description="PERCENT: monto = base × tarifa ÷ 100, a centavos")
    amount: str = Field(description="negativo si es descuento")
    citation: str


class YearOut(Schema):
    year: int
    kind: str = Field(description="URBAN o RURAL")
    title: str | None = Field(None, description="número del título, para quien por su cargo lo ve")
    status: QuoteStatus
    principal: str = Field(description="impuesto y demás rubros, sin descuento, recargo ni interés")
    property_tax: str
    fire_levy: str
    others: str
    adjustment: AdjustmentOut | None = Field(description="descuento o recargo del día")
    interest: str = Field(description=f"monto, o «{INTEREST_PENDING}»")
    total: str | None = Field(description="vacío si el interés está por liquidar o aún no se cobra")
    valid_through: date | None = Field(description="hasta cuándo vale el total, inclusive")


class QuoteOut(Schema):
    municipality: str
    key: str | None = Field(description="la clave que llevan los títulos")
    on: date
    currency: str
    years: list[YearOut] = Field(description="del más antiguo al más reciente")
    payable_total: str = Field(description="lo que salda los títulos del año de la fecha")
    has_interest_pending: bool
    total: str | None = Field(
        description="todo lo que se debe; vacío mientras haya interés por liquidar"
    )
    valid_through: date | None


QUOTE_EXAMPLE = {
    "municipality": "mejia",
    "key": "170350010200300100000000",
    "on": "2026-11-22",
    "currency": "USD",
    "years": [
        {
            "year": 2025,
            "kind": "URBAN",
            "status": "INTEREST_PENDING",
            "principal": "105.92",
            "property_tax": "92.04",
            "fire_levy": "11.88",
            "others": "2.00",
            "adjustment": None,
            "interest": INTEREST_PENDING,
            "total": None,
            "valid_through": None,
        },
        {
            "year": 2026,
            "kind": "URBAN",
            "status": "PAYABLE",
            "principal": "108.92",
            "property_tax": "95.04",
            "fire_levy": "11.88",
            "others": "2.00",
            "adjustment": {
                "concept": "late_payment_surcharge",
                "label_es": "Recargo por pago en el segundo semestre",
                "base": "95.04",
                "rate": "10",
                "rate_unit": "PERCENT",
                "amount": "9.50",
                "citation": "COOTAD Art. 512",
            },
            "interest": "0.00",
            "total": "118.42",
            "valid_through": "2026-12-31",
        },
    ],
    "payable_total": "118.42",
    "has_interest_pending": True,
    "total": None,
    "valid_through": "2026-12-31",
}

"""The answer that lets anybody recompute a title, line by line."""

from ninja import Field, Schema

RULE = (
    "monto = redondeo(base × tarifa ÷ divisor), a centavos y la mitad hacia arriba; una línea con "
    "partes es la suma de ellas; el total es la suma de las líneas."
)


class QuantityOut(Schema):
    concept: str
    label_es: str
    value: str
    operation: str = Field(examples=["PRODUCT"], description="cómo sale de sus partes")
    parts: list["QuantityOut"] | None = None
    decimals: int | None = Field(
        None, description="decimales a los que se redondeó, si se redondeó"
    )
    citation: str | None = None
    note: str | None = None


class LineOut(Schema):
    concept: str = Field(examples=["property_tax_urban"])
    label_es: str
    base: str = Field(description="USD o m², según la unidad de la tarifa")
    rate: str
    rate_unit: str = Field(examples=["PER_MILLE"])
    amount: str
    citation: str = Field(description="artículo u ordenanza")
    note: str | None = None
    children: list["LineOut"] | None = None
    base_from: QuantityOut | None = Field(None, description="cómo se llegó a la base")
    rate_from: QuantityOut | None = Field(None, description="cómo se llegó a la tarifa")


class LinesOut(Schema):
    lines: list[LineOut]
    total: str


class PortfolioHoldingOut(Schema):
    key: str
    appraised_value: str
    taxable_value: str


class PortfolioOut(Schema):
    kind: str
    holdings: list[PortfolioHoldingOut]
    accumulated: str
    rate_per_mille: str
    slices: list[LineOut]
    citation: str


class ExplanationOut(Schema):
    municipality: str
    title: str
    year: int
    kind: str
    key: str
    base: str = Field(description="avalúo en USD")
    total: str
    value: LinesOut = Field(description="cómo se llegó al avalúo")
    tax: LinesOut = Field(description="los rubros del título")
    rule: str = Field(description="cómo se recalcula cada línea")
    divisors: dict[str, str] = Field(description="divisor de cada unidad de tarifa")
    portfolio: PortfolioOut | None = Field(
        None, description="los demás predios del titular, para quien por su cargo ve los títulos"
    )


EXPLANATION_EXAMPLE = {
    "municipality": "mejia",
    "title": "2026-U-000001",
    "year": 2026,
    "kind": "URBAN",
    "key": "170350010200300100000000",
    "base": "25200.00",
    "total": "36.02",
    "value": {
        "lines": [
            {
                "concept": "land_value",
                "label_es": "Terreno",
                "base": "720.00",
                "rate": "35",
                "rate_unit": "USD_PER_M2",
                "amount": "25200.00",
                "citation": "Ordenanza 004-2025, art. 3",
            }
        ],
        "total": "25200.00",
    },
    "tax": {
        "lines": [
            {
                "concept": "property_tax_urban",
                "label_es": "Impuesto predial urbano",
                "base": "25200.00",
                "rate": "1.2",
                "rate_unit": "PER_MILLE",
                "amount": "30.24",
                "citation": "COOTAD Art. 504",
            },
            {
                "concept": "fire_levy",
                "label_es": "Contribución para el Cuerpo de Bomberos",
                "base": "25200.00",
                "rate": "0.15",
                "rate_unit": "PER_MILLE",
                "amount": "3.78",
                "citation": "Ley de Defensa contra Incendios, Art. 33",
            },
            {
                "concept": "emission_fee",
                "label_es": "Servicios administrativos",
                "base": "2.00",
                "rate": "1",
                "rate_unit": "USD",
                "amount": "2.00",
                "citation": "Ordenanza 004-2025, art. 9",
            },
        ],
        "total": "36.02",
    },
    "rule": RULE,
    "divisors": {"PER_MILLE": "1000", "USD": "1", "USD_PER_M2": "1"},
}

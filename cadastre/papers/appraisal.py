"""Certificado de avalúos y catastro: what the cadastre holds of a predio, and that it proves no dominio."""

from collections.abc import Sequence
from decimal import Decimal

from cadastre.papers.certificate import (
    Head,
    PropertyText,
    certificate,
    holders_section,
    paragraph,
    property_section,
    statement,
    table,
)
from cadastre.papers.words import usd_in_words
from gis_project.core.money import format_usd

NO_DOMINIO = (
    "Este certificado refleja lo que consta en el catastro municipal. No prueba el dominio: la "
    "propiedad se acredita en el Registro de la Propiedad."
)


def appraisal(
    head: Head,
    *,
    predio: PropertyText,
    year: int,
    parts: Sequence[tuple[str, Decimal]],
    total: Decimal,
) -> bytes:
    """The PDF; `parts` are the value's components in USD, which sum to `total`."""
    rows = [(label, format_usd(amount, symbol=True)) for label, amount in parts]
    rows.append((f"Avalúo catastral {year}", format_usd(total, symbol=True)))
    return certificate(
        head,
        kind="APPRAISAL",
        sections=[
            paragraph(
                f"La {head.office} certifica que en el catastro del {head.municipality} consta el "
                "siguiente predio:"
            ),
            property_section(predio),
            holders_section(predio),
            table(
                "Avalúo",
                head=("Componente", "USD"),
                rows=rows,
                widths=(4, 1.2),
                right=(1,),
                has_total=True,
            ),
            paragraph(f"Son {usd_in_words(total)}."),
            statement(NO_DOMINIO),
        ],
    )

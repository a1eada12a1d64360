"""Certificado de no adeudar: nothing is owed on a predio on the day."""

from cadastre.papers.certificate import (
    Head,
    PropertyText,
    certificate,
    holders_section,
    paragraph,
    property_section,
    statement,
)
from cadastre.papers.words import short_date


def no_debt(head: Head, *, predio: PropertyText) -> bytes:
    """The PDF; whoever calls has seen that nothing is owed."""
    return certificate(
        head,
        kind="NO_DEBT",
        sections=[
            paragraph(
                f"La {head.office} certifica que, al {short_date(head.issued_on)}, el siguiente "
                f"predio NO ADEUDA al {head.municipality} valor alguno por títulos de crédito del "
                "impuesto predial y los que se cobran con él."
            ),
            property_section(predio),
            holders_section(predio),
            statement(
                "Los títulos que se emitan después de esta fecha no están comprendidos. Compruebe "
                "en la dirección de abajo si lo certificado sigue vigente."
            ),
        ],
    )

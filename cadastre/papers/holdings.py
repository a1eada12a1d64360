"""Certificado de poseer o de no poseer bienes inmuebles: what stands in a person's name in one canton."""

from collections.abc import Sequence

from cadastre.papers.certificate import Head, certificate, paragraph, statement, table
from cadastre.papers.law_of_papers import paper_law
from cadastre.papers.words import number_in_words


def holdings(
    head: Head, *, name: str, document: str, rows: Sequence[tuple[str, str, str, str]]
) -> bytes:
    """The PDF; `rows` are (key, address, tenure, area) of each predio, none for a person without."""
    law = paper_law("HOLDINGS")
    asked = f"{name}, con documento de identidad {document},"
    here = f"en el catastro del {head.municipality}"
    if not rows:
        sections = [
            paragraph(f"Revisado el registro, la {head.office} certifica:"),
            statement(
                f"{asked.rstrip(',')} no consta como titular de bienes inmuebles {here} a la fecha."
            ),
        ]
    else:
        number = number_in_words(len(rows)) if len(rows) != 1 else "un"
        noun = "predio" if len(rows) == 1 else "predios"
        sections = [
            paragraph(
                f"La {head.office} certifica que {asked} consta {here} como titular de {number} "
                f"({len(rows)}) {noun}:"
            ),
            table(
                "",
                head=("Clave catastral", "Dirección", "Tenencia", "Área"),
                rows=rows,
                widths=(2.4, 3, 1.6, 1.3),
                right=(3,),
            ),
        ]
    sections.append(
        statement(
            "Vale para los predios de este cantón inscritos en su catastro. No prueba el dominio, "
            "que se acredita en el Registro de la Propiedad."
        )
    )
    return certificate(
        head,
        kind="HOLDINGS",
        title=law["title_some"] if rows else law["title_none"],
        sections=sections,
    )

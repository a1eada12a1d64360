"""What every paper is made of: the head that issuing gives, and sections in the order of reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from cadastre.papers.law_of_papers import paper_law
from cadastre.papers.render import render
from cadastre.papers.words import date_in_words, short_date
from gis_project.core.money import format_usd
from gis_project.core.verification_code import shown_code

Section = dict[str, Any]


class Head(Protocol):
    """The part of territory's PaperHead that is printed."""

    @property
    def number(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def verify_url(self) -> str: ...
    @property
    def municipality(self) -> str: ...
    @property
    def office(self) -> str: ...
    @property
    def is_sample(self) -> bool: ...
    @property
    def issued_at(self) -> datetime: ...
    @property
    def issued_on(self) -> date: ...
    @property
    def valid_until(self) -> date: ...
    @property
    def fee(self) -> Decimal: ...
    @property
    def receipt(self) -> str: ...
    @property
    def signers(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyText:
    """A predio as papers print it; empty texts are left out. `holders` are (name, document, tenure, share)."""

    key: str
    number: str
    other_keys: tuple[str, ...]
    parish: str
    block: str
    address: str
    ground: str
    aliquot: str
    legal_area: str
    titled_area: str
    holders: tuple[tuple[str, str, str, str], ...]


def paragraph(text: str) -> Section:
    return {"type": "paragraph", "text": text}


def statement(text: str) -> Section:
    """A sentence that nobody may overlook."""
    return {"type": "statement", "text": text}


def facts(title: str, rows: Sequence[tuple[str, str]]) -> Section:
    """Label and value, a row each; rows without value are left out."""
    shown = [[label, value] for label, value in rows if value]
    return {"type": "facts", "title": title, "rows": shown}


def table(
    title: str,
    *,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    right: Sequence[int] = (),
    has_total: bool = False,
) -> Section:
    """A table with column widths as proportions; `right` are the columns of numbers, a total the last row."""
    return {
        "type": "table",
        "title": title,
        "head": list(head),
        "rows": [list(row) for row in rows],
        "widths": list(widths),
        "right": list(right),
        "total": has_total,
    }


def property_section(one: PropertyText) -> Section:
    return facts(
        "Predio",
        [
            ("Clave catastral", one.key),
            ("Número de predio", one.number),
            ("Claves anteriores", ", ".join(one.other_keys)),
            ("Parroquia", one.parish),
            ("Manzana o polígono", one.block),
            ("Dirección", one.address),
            ("Clase de suelo", one.ground),
            ("Alícuota", one.aliquot),
            ("Área catastral", one.legal_area),
            ("Área según título", one.titled_area),
        ],
    )


def holders_section(one: PropertyText) -> Section:
    return table(
        "Titulares en el catastro",
        head=("Nombre", "Documento", "Tenencia", "Cuota"),
        rows=one.holders,
        widths=(3.4, 1.5, 1.6, 1),
        right=(3,),
    )


def certificate(
    head: Head, *, kind: str, sections: Sequence[Section], title: str | None = None
) -> bytes:
    """The PDF of a certificate."""
    return render(
        "certificate",
        {**head_data(head, kind=kind, title=title), "sections": list(sections)},
        at=head.issued_at,
    )


def head_data(head: Head, *, kind: str, title: str | None = None) -> dict[str, Any]:
    """What the frame of every template prints."""
    law = paper_law(kind)
    paid = (
        f"Tasa {format_usd(head.fee, symbol=True)}, comprobante {head.receipt}"
        if head.fee
        else "Sin costo"
    )
    return {
        "title": title or law["title"],
        "municipality": head.municipality,
        "office": head.office,
        "number": head.number,
        "code": shown_code(head.code),
        "verify_url": head.verify_url,
        "verify_shown": head.verify_url.split("://")[-1].rsplit("/", 1)[0],
        "foot": f"Válido hasta el {short_date(head.valid_until)} · {paid}",
        "sample": head.is_sample,
        "signers": [{"title": signer} for signer in head.signers],
        "legal_base": law["legal_base"],
        "closing": f"Dado el {date_in_words(head.issued_on)}.",
    }

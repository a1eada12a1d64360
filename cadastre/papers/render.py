"""From the data of a paper to its PDF: one Typst compiler a process, the same bytes for the same data.

Data travel as JSON in `sys.inputs` and are only ever text to the templates: nothing in a name is
markup. The files are PDF/A-2u; the fonts are Typst's own and DejaVu Sans, never the machine's.
"""

import io
import json
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import segno
import typst

from gis_project.core.errors import DomainError, InvalidInput

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"
_FONTS = _HERE / "fonts"
PDF_STANDARD: Final = "a-2u"
_lock = threading.Lock()


class UnprintableText(InvalidInput):
    """A name or address holds a sign that no paper can print: correct it in the register."""

    code = "unprintable_text"


class PaperNotComposed(DomainError):
    """The paper could not be set in pages: report its kind and number."""

    code = "paper_not_composed"


def render(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of `templates/<template>.typ` filled with `data`; `at` is its date of making.

    `data["verify_url"]` becomes the QR code; a paper that nobody verifies has none.
    Raises UnprintableText for control signs and letters outside the fonts.
    """
    _refuse_control_signs(data)
    told = {**data, "qr": _qr(data["verify_url"]) if "verify_url" in data else ""}
    inputs = {"data": json.dumps(told, ensure_ascii=False, sort_keys=True)}
    try:
        with _lock:
            return bytes(
                _compiler(template).compile(  # type: ignore[arg-type]  # one bytes object
                    sys_inputs=inputs,
                    format="pdf",
                    pdf_standards=PDF_STANDARD,
                    timestamp=int(at.timestamp()),
                )
            )
    except typst.TypstError as error:
        if "could not be displayed" in error.message:
            raise UnprintableText(
                "Un nombre o una dirección lleva un signo que el documento no puede imprimir: "
                "corríjalo en la ficha.",
                details={"template": template},
            ) from None
        raise PaperNotComposed(
            "No se pudo componer el documento: avise a soporte.",
            details={"template": template, "line": error.message[:120]},
        ) from error


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(
        _TEMPLATES / f"{template}.typ",
        root=_TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[_FONTS])


def _qr(address: str) -> str:
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=0, xmldecl=False)
    return picture.getvalue().decode()


def _refuse_control_signs(value: Any) -> None:
    if isinstance(value, str):
        # Also direction overrides: they make a name read as another one.
        if any(ord(sign) < 32 or sign in _HIDDEN or 0x7F <= ord(sign) < 0xA0 for sign in value):
            raise UnprintableText(
                "Un nombre o una dirección lleva signos de control: corríjalo en la ficha."
            )
    elif isinstance(value, Mapping):
        for member in value.values():
            _refuse_control_signs(member)
    elif isinstance(value, list | tuple):
        for member in value:
            _refuse_control_signs(member)


_HIDDEN = frozenset(
    "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)

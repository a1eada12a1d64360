"""Who holds a predio, as an old system names them: class, document, whether that names anybody at all."""

import re
from dataclasses import dataclass

from cadastre.keys.plain_text import plain
from gis_project.core.identification import IdentityKind, check_identity

_NOBODY = re.compile(
    r"(?:POR DETERMINAR|DESCONOCID[OA]S?|NO IDENTIFICAD[OA]|SIN (?:NOMBRE|DATOS?|PROPIETARIO)|N\W?N|S\W?N|"
    r"NO REGISTRA|NINGUN[OA]|X+|\W*|0+)\.?"
)
_NO_DOCUMENT = re.compile(r"(?:(\d)\1*|S\W?N|N\W?A|NO TIENE|SIN CEDULA|\W*)")
_BODIES = "COOPERATIVA|ASOCIACION|FUNDACION|EMPRESA"
# These hold without a document of their own.
_WITHOUT_DOCUMENT = ("HEIRS", "COMMUNE", "PUBLIC")
_BY_NAME = (
    ("HEIRS", re.compile(r"(?:HEREDEROS|HDROS|HROS|HDOS|SUCESORES|SUCESION)\b")),
    ("COMMUNE", re.compile(r"COMUNA\b")),
    ("TRUST", re.compile(r"FIDEICOMISO\b")),
    (
        "PUBLIC",
        re.compile(
            r"(?:GAD|GOBIERNO AUTONOMO|MUNICIPIO|MUNICIPALIDAD|MINISTERIO|JUNTA PARROQUIAL)\b"
        ),
    ),
    (
        "LEGAL",
        re.compile(
            rf".*\b(?:S\.? ?A\.?|CIA\.?(?: LTDA\.?)?|LTDA\.?|{_BODIES})$|(?:{_BODIES}|COMPANIA)\b"
        ),
    ),
    (
        "SPOUSES",
        re.compile(r".*\b(?:Y|E) (?:SRA|ESPOSA|ESPOSO|SENORA|CONYUGE)\b|SOCIEDAD CONYUGAL\b"),
    ),
)
_RUC_CLASS = {"9": "LEGAL", "6": "PUBLIC"}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A party as the sheet names it; ``identity`` is equal for rows that mean the same one."""

    kind: str
    full_name: str
    search_name: str
    id_kind: str
    id_number: str
    warnings: tuple[str, ...]
    has_good_document: bool
    phone: str = ""
    email: str = ""
    postal_address: str = ""

    @property
    def identity(self) -> str:
        """Document if there is one, else the name as it is searched."""
        return f"{self.id_kind} {self.id_number}" if self.id_number else f"# {self.search_name}"


def holder_of(
    name: str,
    document: str,
    *,
    tenure: str,
    phone: str = "",
    email: str = "",
    postal_address: str = "",
) -> Holder | None:
    """The holder that name and document mean; ``None`` when they name nobody."""
    full_name = " ".join(name.split())[:300]
    search_name = plain(full_name)
    has_document = not _NO_DOCUMENT.fullmatch(plain(document))
    if _NOBODY.fullmatch(search_name) and not has_document:
        return None
    check = check_identity(document if has_document else "")
    known = check.kind is not IdentityKind.UNKNOWN
    kind = _class_of(search_name, check.kind, check.normalised, tenure)
    return Holder(
        kind=kind,
        full_name=full_name or check.normalised,
        search_name=search_name,
        id_kind=check.kind.value if known else "NONE",
        id_number=check.normalised[:20],
        warnings=check.warnings,
        has_good_document=check.is_valid or (not has_document and kind in _WITHOUT_DOCUMENT),
        phone=phone[:30],
        email=email if len(email) <= 254 and _EMAIL.fullmatch(email) else "",
        postal_address=postal_address[:300],
    )


def _class_of(search_name: str, kind: IdentityKind, number: str, tenure: str) -> str:
    for found, pattern in _BY_NAME:
        if pattern.match(search_name):
            return found
    if tenure == "HEIRS" and kind is IdentityKind.UNKNOWN:
        return "HEIRS"
    if kind is IdentityKind.RUC:
        return _RUC_CLASS.get(number[2], "NATURAL")
    return "NATURAL"

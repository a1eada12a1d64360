"""The registry of persons through DINARP: SOAP, by package code and cédula, with the institution's account.

The shape of the answer (registros with campo and valor) and the names of its fields are those of the
interoperability bus as its users describe them; the agreement with DINARP decides, so both the package and
the names are the caller's. Unverified against the service itself.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from cadastre.lookups.fetch import Line, fetch
from cadastre.lookups.registry import Garbled, OtherPerson, RegistryAnswer

FIELDS = {
    "cedula": "document",
    "nombre": "full_name",
    "fechaNacimiento": "birth_date",
    "estadoCivil": "civil_state",
    "fechaDefuncion": "died_on",
}
_ENVELOPE = (
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" '
    'xmlns:int="http://interoperabilidad.dinardap.gob.ec/interoperador/"><soapenv:Body>'
    "<int:getFichaGeneral><codigoPaquete>{package}</codigoPaquete>"
    "<numeroIdentificacion>{document}</numeroIdentificacion>"
    "</int:getFichaGeneral></soapenv:Body></soapenv:Envelope>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilRegistry:
    """The address and the institution's account; `fields`: the registry's name of a field → ours."""

    url: str
    package: str
    user: str
    password: str
    line: Line
    fields: Mapping[str, str] = field(default_factory=lambda: FIELDS)
    code: str = "CIVIL_REGISTRY"
    name: str = "Registro Civil (DINARP)"

    def ask(self, document: str) -> RegistryAnswer | None:
        """The person of that cédula, None for nobody. Unreachable, Garbled, OtherPerson."""
        envelope = _ENVELOPE.format(package=escape(self.package), document=escape(document))
        account = b64encode(f"{self.user}:{self.password}".encode()).decode()
        content = fetch(
            self.url,
            line=self.line,
            headers={
                "Content-Type": "text/xml; charset=utf-8",
                "SOAPAction": '""',
                "Authorization": f"Basic {account}",
            },
            body=envelope.encode(),
        )
        return self._read(content, document) if content is not None else None

    def _read(self, content: bytes, document: str) -> RegistryAnswer | None:
        try:
            root = fromstring(content, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError) as error:
            raise Garbled(
                "El Registro Civil respondió algo ilegible: avise a su soporte."
            ) from error
        told = {}
        for row in root.iter():
            if _local(row.tag) == "registros":
                cells = {_local(cell.tag): (cell.text or "").strip() for cell in row}
                told[self.fields.get(cells.get("campo", ""), "")] = cells.get("valor", "")
        told.pop("", None)
        if not told:
            return None
        if "document" not in told or not told.get("full_name"):
            raise Garbled(
                "El Registro Civil respondió sin cédula o sin nombre: avise a su soporte."
            )
        if told["document"] != document:
            raise OtherPerson(
                "El Registro Civil respondió por otra cédula: no se usa nada de ello."
            )
        return RegistryAnswer(
            document=document,
            full_name=" ".join(told["full_name"].split())[:300],
            birth_date=_day(told.get("birth_date", "")),
            civil_state=told.get("civil_state", "")[:60],
            died_on=_day(told.get("died_on", "")),
        )


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _day(text: str) -> date | None:
    """``03/02/1970`` or ``1970-02-03``; None when nothing is told. Garbled for anything else."""
    if not text:
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise Garbled("El Registro Civil respondió una fecha ilegible: avise a su soporte.")

"""The registry of taxpayers of the SRI: one RUC in, JSON out.

The names of the fields are those that the SRI's public consultation answers with; unverified against an
agreement. A company's RUC follows no check digit, so whether one exists is known only here.
"""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from cadastre.lookups.fetch import Line, fetch
from cadastre.lookups.registry import Garbled, OtherPerson, RegistryAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRegistry:
    """`url` ends where the RUC follows."""

    url: str
    token: str
    line: Line
    code: str = "SRI"
    name: str = "SRI"

    def ask(self, document: str) -> RegistryAnswer | None:
        """The taxpayer of that RUC, None for nobody. Unreachable, Garbled, OtherPerson."""
        headers = {"Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        content = fetch(f"{self.url}{quote(document, safe='')}", line=self.line, headers=headers)
        if content is None:
            return None
        try:
            rows: Any = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise Garbled("El SRI respondió algo ilegible: avise a su soporte.") from error
        rows = rows if isinstance(rows, list) else [rows]
        if not rows:
            return None
        return _answer(rows[0], document)


def _answer(row: Any, document: str) -> RegistryAnswer:
    if not isinstance(row, dict):
        raise Garbled("El SRI respondió algo ilegible: avise a su soporte.")
    number, name = _text(row.get("numeroRuc")), _text(row.get("razonSocial"))
    if not number or not name:
        raise Garbled("El SRI respondió sin RUC o sin razón social: avise a su soporte.")
    if number != document:
        raise OtherPerson("El SRI respondió por otro RUC: no se usa nada de ello.")
    return RegistryAnswer(
        document=document,
        full_name=" ".join(name.split())[:300],
        address=_text(row.get("direccion"))[:300],
        state=_text(row.get("estadoContribuyenteRuc"))[:60],
    )


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""

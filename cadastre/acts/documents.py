"""What each kind of document must say so that an act may rest on it, read from the dated ``documents.toml``."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from gis_project.core.law import LawParameter, LawValue, load_law

FILE = "file"
CONFIRMATION = "confirmation"
MEMBERS_ES = {
    "issuer": "quién lo otorga",
    "repertory": "el repertorio",
    "number": "el número",
    "issued_on": "la fecha",
    FILE: "el archivo escaneado",
    CONFIRMATION: "que otra persona confirme que la vio en el Registro de la Propiedad",
}
_SEEN_IN_THE_TREASURY = "que otra persona confirme que lo vio en Tesorería"


@dataclass(frozen=True, slots=True)
class BroughtSource:
    """What the rules need to know of a document; ``id`` tells it from one that says the same."""

    kind: str
    number: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    issuer: str = ""
    repertory: str = ""
    has_file: bool = False
    is_confirmed: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class DocumentLaw:
    """What one kind must say; ``confirmed_by`` is the capability of who confirms it, or empty."""

    kind: str
    name: str
    says: tuple[str, ...]
    file: Literal["", "always", "when_it_dates"]
    confirmed_by: str

    def lacks(self, source: BroughtSource, *, dates: bool) -> tuple[str, ...]:
        """What of it is missing; ``dates``: the act is valid from its date."""
        missing = [name for name in self.says if not _is_told(source, name)]
        needs_file = self.file == "always" or (self.file == "when_it_dates" and dates)
        if needs_file and not source.has_file:
            missing.append(FILE)
        if self.confirmed_by and not source.is_confirmed:
            missing.append(CONFIRMATION)
        return tuple(missing)

    def words(self, member: str) -> str:
        """In Spanish, what is missing where that member is."""
        if member == CONFIRMATION and self.kind == "NO_DEBT_CERTIFICATE":
            return _SEEN_IN_THE_TREASURY
        return MEMBERS_ES[member]


def document_law(kind: str, *, on: date) -> DocumentLaw:
    """What the law asks of that kind of document on a day; LawNotInForce."""
    told = _in_force(on).fields["kinds"][kind]
    return DocumentLaw(
        kind=kind,
        name=told["name"],
        says=told["says"],
        file=told.get("file", ""),
        confirmed_by=told.get("confirmed_by", ""),
    )


def may_share_a_deed(one: str, other: str, *, on: date) -> bool:
    """Whether one inscription may carry an act of each verb."""
    return any(set(pair) == {one, other} for pair in _in_force(on).fields["one_deed"])


def _is_told(source: BroughtSource, name: str) -> bool:
    value = getattr(source, name)
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _in_force(on: date) -> LawValue:
    return _law().on(on)


@cache
def _law() -> LawParameter:
    return load_law(Path(__file__).with_name("documents.toml"))

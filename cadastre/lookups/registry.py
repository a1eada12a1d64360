"""What a registry of persons is to us: a name, and one question it answers."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol


class LookUpFailed(Exception):
    """The registry gave no answer that may be used; the text (es) says what to do instead."""

    outcome = "UNREACHABLE"


class NotAsked(LookUpFailed):
    """No registry is connected: the office works with the papers that the person brings."""

    outcome = "NOT_ASKED"


class Unreachable(LookUpFailed):
    """The registry did not answer in time, refused the connection, or is not one that may be asked."""

    outcome = "UNREACHABLE"


class Garbled(LookUpFailed):
    """The registry answered something that is not what it promised."""

    outcome = "GARBLED"


class OtherPerson(LookUpFailed):
    """The registry answered about another document than the one asked: nothing of it is used."""

    outcome = "OTHER_PERSON"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryAnswer:
    """What a registry says of a person or a company. Empty or None is what it did not say."""

    document: str
    full_name: str
    birth_date: date | None = None
    civil_state: str = ""
    died_on: date | None = None
    address: str = ""
    state: str = ""

    def plain(self) -> dict[str, Any]:
        """JSON values."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_plain(cls, told: dict[str, Any]) -> "RegistryAnswer":
        """The answer that `plain` told."""
        days = {name: told[name] and date.fromisoformat(told[name]) for name in _DAYS}
        return cls(**{**told, **days})


_DAYS = ("birth_date", "died_on")


class Registry(Protocol):
    """`code` is kept with each look-up; `name` (es) is what pages show."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...

    def ask(self, document: str) -> RegistryAnswer | None:
        """What the registry knows of that document, None for nobody; LookUpFailed."""


@dataclass(frozen=True, slots=True)
class Offline:
    """Stands where no registry is connected; the register works the same without."""

    code: str
    name: str

    def ask(self, document: str) -> RegistryAnswer | None:
        raise NotAsked(
            f"No consultado: {self.name} no está conectado. Use los papeles presentados."
        )

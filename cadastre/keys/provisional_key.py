"""The key that a parcel without key gets: ``P-<canton>-<number>``, an alias of it for ever."""

import re
from dataclasses import dataclass

from gis_project.core.errors import InvalidInput

_FORM = re.compile(r"P[\s.\-_/]*(\d{4})[\s.\-_/]*0*([1-9]\d{0,8})", re.IGNORECASE)


class InvalidProvisionalKey(InvalidInput):
    """The text is no provisional key: write it as ``P-1703-25``."""

    code = "invalid_provisional_key"


@dataclass(frozen=True, slots=True, order=True)
class ProvisionalKey:
    """A provisional key: the canton's four DPA digits and a running number from 1."""

    canton_code: str
    number: int

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{4}", self.canton_code, re.ASCII) or not (
            1 <= self.number <= 999_999_999
        ):
            raise InvalidProvisionalKey("Una clave provisional tiene la forma P-1703-25.")

    @classmethod
    def parse(cls, text: str) -> "ProvisionalKey":
        """The provisional key written in ``text``, in any punctuation and padding."""
        found = _FORM.fullmatch(text.strip())
        if found is None:
            raise InvalidProvisionalKey(
                f"«{text}» no es una clave provisional: tiene la forma P-1703-25.",
                details={"text": text},
            )
        return cls(found[1], int(found[2]))

    def __str__(self) -> str:
        return f"P-{self.canton_code}-{self.number}"

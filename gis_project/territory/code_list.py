"""The official code list (DPA): cantons and their parishes, read from fixtures/dpa."""

import csv
import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings

# Said beside every row that comes from the list; its licence stands in fixtures/dpa/NOTICE.txt.
ORIGIN = "Lista DPA del INEC, según ecuador-mcp 0.13.0 (licencia MIT); sin límite"

_PARTICLES = re.compile(r" De(?:l| Los| Las| La)?(?= )")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCanton:
    dpa_code: str
    name: str
    province_code: str
    province: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedParish:
    """A parish of the list; its head (…50) counts as urban, the others as rural."""

    dpa_code: str
    name: str
    canton_code: str

    @property
    def is_urban(self) -> bool:
        return self.dpa_code.endswith("50")


@cache
def listed_cantons() -> dict[str, ListedCanton]:
    """The cantons by their code of four digits."""
    return {
        row["dpa_code"]: ListedCanton(
            dpa_code=row["dpa_code"],
            name=_readable(row["name"]),
            province_code=row["province_code"],
            province=_readable(row["province"]),
        )
        for row in _rows("cantons.csv")
    }


def parishes_of(canton_code: str) -> list[ListedParish]:
    """The parishes of a canton in the order of their codes; none if the code is unknown."""
    found = (
        ListedParish(
            dpa_code=row["dpa_code"], name=_readable(row["name"]), canton_code=row["canton_code"]
        )
        for row in _rows("parishes.csv")
        if row["canton_code"] == canton_code
    )
    return sorted(found, key=lambda parish: parish.dpa_code)


def _rows(name: str) -> list[dict[str, str]]:
    path = settings.ROOT / "fixtures" / "dpa" / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _readable(name: str) -> str:
    """The list's name; it has an Icelandic ð where an ñ was lost, and writes «De Los»."""
    return _PARTICLES.sub(lambda found: found[0].lower(), name.replace("ð", "ñ"))

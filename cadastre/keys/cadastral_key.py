"""The national cadastral key of 24 digits, as one tested value.

Nobody outside this package takes a key apart by position: an identifier that loses or gains a
digit has broken every system that did. Layout: province 2, canton 2, parish 2 (INEC's DPA), zone
2, sector 2, block (rural: polygon) 3, lot 3, then for condominiums tower 3, floor 2, unit 3.
A lot outside a condominium, and the matrix lot of one, end in eight zeros.
"""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import accumulate

from cadastre.keys.normal_form import digits_of
from gis_project.core.errors import InvalidInput

_WIDTHS = {
    "province": 2,
    "canton": 2,
    "parish": 2,
    "zone": 2,
    "sector": 2,
    "block": 3,
    "lot": 3,
    "tower": 3,
    "floor": 2,
    "unit": 3,
}
_NAMES = tuple(_WIDTHS)
_ENDS = tuple(accumulate(_WIDTHS.values()))
_STARTS = (0, *_ENDS[:-1])
LENGTH = _ENDS[-1]
ROOT_LENGTH = _ENDS[_NAMES.index("lot")]
# 24 provinces, and 90 for the zones that no canton has been given.
_PROVINCES = {f"{number:02d}" for number in range(1, 25)} | {"90"}


class InvalidCadastralKey(InvalidInput):
    """The text is no national key: write its 24 digits (or the 16 of the lot), in any punctuation."""

    code = "invalid_cadastral_key"


@dataclass(frozen=True, slots=True, order=True)
class CadastralKey:
    """A national key by its parts, each the zero-padded text of its width."""

    province: str
    canton: str
    parish: str
    zone: str
    sector: str
    block: str
    lot: str
    tower: str = "000"
    floor: str = "00"
    unit: str = "000"

    def __post_init__(self) -> None:
        for part in fields(self):
            value = getattr(self, part.name)
            if not (value.isascii() and value.isdigit() and len(value) == _WIDTHS[part.name]):
                raise InvalidCadastralKey(
                    f"La parte «{part.name}» de la clave debe tener {_WIDTHS[part.name]} cifras.",
                    details={"part": part.name, "value": value},
                )
        if self.province not in _PROVINCES or self.canton == "00" or self.parish == "00":
            raise InvalidCadastralKey(
                "La clave no empieza por una provincia, un cantón y una parroquia (DPA).",
                details={"parish_code": self.parish_code},
            )

    @classmethod
    def parse(cls, text: str) -> "CadastralKey":
        """The key written in ``text`` with 24 digits, or 16 for a lot, in any punctuation."""
        digits = digits_of(text)
        if digits is None or len(digits) not in (LENGTH, ROOT_LENGTH):
            raise InvalidCadastralKey(
                f"«{text}» no es una clave catastral: debe tener 24 cifras (o 16, la del lote).",
                details={"text": text},
            )
        padded = digits.ljust(LENGTH, "0")
        parts = (padded[start:end] for start, end in zip(_STARTS, _ENDS, strict=True))
        return cls(*parts)

    @classmethod
    def compose(cls, **numbers: int) -> "CadastralKey":
        """The key whose parts have these numbers; the condominium's parts default to 0."""
        given = {"tower": 0, "floor": 0, "unit": 0} | numbers
        unknown = given.keys() ^ _WIDTHS.keys()
        if unknown:
            raise InvalidCadastralKey(
                f"Faltan o sobran partes de la clave: {', '.join(sorted(unknown))}."
            )
        return cls(**{name: f"{given[name]:0{_WIDTHS[name]}d}" for name in _NAMES})

    @property
    def digits(self) -> str:
        """All 24 digits: the form that is stored and compared."""
        return "".join(getattr(self, name) for name in _NAMES)

    @property
    def root(self) -> str:
        """The 16 digits of the lot, common to all units of a condominium."""
        return "".join(getattr(self, name) for name in _NAMES[:7])

    @property
    def block_root(self) -> str:
        """The 13 digits of the block, common to all its lots."""
        return "".join(getattr(self, name) for name in _NAMES[:6])

    @property
    def lot_number(self) -> int:
        """The lot's number within its block."""
        return int(self.lot)

    def with_lot(self, number: int) -> "CadastralKey":
        """The key of another lot of the same block; InvalidCadastralKey beyond its last number."""
        return replace(self.matrix, lot=f"{number:0{_WIDTHS['lot']}d}")

    @property
    def canton_code(self) -> str:
        """The four digits of the DPA that name the municipality."""
        return f"{self.province}{self.canton}"

    @property
    def parish_code(self) -> str:
        """The six digits of the DPA that name the parish."""
        return f"{self.province}{self.canton}{self.parish}"

    @property
    def is_condominium(self) -> bool:
        """Whether the key names a unit of a condominium (propiedad horizontal)."""
        return (self.tower, self.floor, self.unit) != ("000", "00", "000")

    @property
    def matrix(self) -> "CadastralKey":
        """The key of the lot that the unit stands on; a lot's own key is its matrix."""
        return replace(self, tower="000", floor="00", unit="000")

    @property
    def pretty(self) -> str:
        """The form for people: ``17-03-50-01-02-030-045``, with the unit's parts if it has them."""
        names = _NAMES if self.is_condominium else _NAMES[:7]
        return "-".join(getattr(self, name) for name in names)

    def __str__(self) -> str:
        return self.digits


class ScopeLevel(StrEnum):
    """What a shortened key names."""

    PROVINCE = "PROVINCE"
    CANTON = "CANTON"
    PARISH = "PARISH"
    ZONE = "ZONE"
    URBAN_LIMIT = "URBAN_LIMIT"
    SECTOR = "SECTOR"
    BLOCK = "BLOCK"
    LOT = "LOT"


# Nine and eleven digits come from older suites that number urban limits, and sectors in them; only
# their parish can be compared with a national key.
_SCOPES = {
    2: ScopeLevel.PROVINCE,
    4: ScopeLevel.CANTON,
    6: ScopeLevel.PARISH,
    8: ScopeLevel.ZONE,
    9: ScopeLevel.URBAN_LIMIT,
    10: ScopeLevel.SECTOR,
    11: ScopeLevel.SECTOR,
    13: ScopeLevel.BLOCK,
    16: ScopeLevel.LOT,
}
_FOREIGN_LENGTHS = (9, 11)


@dataclass(frozen=True, slots=True)
class GeographicScope:
    """A shortened key: what it names, its digits, and the prefix its national keys share."""

    level: ScopeLevel
    digits: str
    national_prefix: str

    def holds(self, key: CadastralKey) -> bool:
        """Whether ``key`` may lie in this scope (certain unless the form is of an older suite)."""
        return key.digits.startswith(self.national_prefix)


def parse_scope(text: str) -> GeographicScope:
    """The zone, sector, block … that a shortened key names; raises ``InvalidCadastralKey``."""
    digits = digits_of(text)
    if digits is None or len(digits) not in _SCOPES or digits[:2] not in _PROVINCES:
        raise InvalidCadastralKey(
            f"«{text}» no nombra una parroquia, zona, sector ni manzana.", details={"text": text}
        )
    prefix = digits[:6] if len(digits) in _FOREIGN_LENGTHS else digits
    return GeographicScope(_SCOPES[len(digits)], digits, prefix)

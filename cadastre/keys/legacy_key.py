"""Keys of the systems that towns come from: recognised, taken apart, never trusted blindly.

Forms seen in working systems: SIC-AME (17 digits: DPA 6, zone 2, sector 2, block 2, lot 3, tower
2), Esmeraldas (10: sheet 4, block 3, lot 3), GIM of Loja urban (22: as the national one, with tower
and unit of 2), GIM rural (17: DPA 6 and a running number of 11), SIGTIERRAS rural (13: DPA 6 and
7 of its own). Everything else is free text and stays as it is, as an alias.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from cadastre.keys.cadastral_key import CadastralKey
from cadastre.keys.normal_form import bare_form, digits_of


class LegacySystem(StrEnum):
    """The system whose form a key has."""

    SIC_AME = "SIC_AME"
    ESMERALDAS = "ESMERALDAS"
    GIM_URBAN = "GIM_URBAN"
    GIM_RURAL = "GIM_RURAL"
    SIGTIERRAS = "SIGTIERRAS"
    FREE_TEXT = "FREE_TEXT"


_LAYOUTS: Mapping[LegacySystem, tuple[tuple[str, int], ...]] = MappingProxyType(
    {
        LegacySystem.SIC_AME: (
            ("province", 2),
            ("canton", 2),
            ("parish", 2),
            ("zone", 2),
            ("sector", 2),
            ("block", 2),
            ("lot", 3),
            ("tower", 2),
        ),
        LegacySystem.ESMERALDAS: (("sheet", 4), ("block", 3), ("lot", 3)),
        LegacySystem.GIM_URBAN: (
            ("province", 2),
            ("canton", 2),
            ("parish", 2),
            ("zone", 2),
            ("sector", 2),
            ("block", 3),
            ("lot", 3),
            ("tower", 2),
            ("floor", 2),
            ("unit", 2),
        ),
        LegacySystem.GIM_RURAL: (("province", 2), ("canton", 2), ("parish", 2), ("number", 11)),
        LegacySystem.SIGTIERRAS: (("province", 2), ("canton", 2), ("parish", 2), ("number", 7)),
    }
)
_BY_LENGTH = {
    sum(width for _, width in layout): system
    for system, layout in _LAYOUTS.items()
    if system is not LegacySystem.GIM_RURAL
}
# A GIM rural number has 11 places and never fills them; a SIC-AME key has a zone and a sector there.
_GIM_RURAL_ZEROS = "0000"


@dataclass(frozen=True, slots=True)
class LegacyKey:
    """A key of an older system: its normal form and its parts by name (none for free text)."""

    system: LegacySystem
    normalised: str
    parts: tuple[tuple[str, str], ...]

    def national_candidate(self) -> CadastralKey | None:
        """The national key with the same parts, to be confirmed by the office; else ``None``.

        Only systems that number zone, sector, block and lot have one.
        """
        if self.system not in (LegacySystem.SIC_AME, LegacySystem.GIM_URBAN):
            return None
        return CadastralKey.compose(**{name: int(digits) for name, digits in self.parts})


def parse_legacy(text: str) -> LegacyKey:
    """The legacy key in ``text`` by its form; what no system explains is free text."""
    digits = digits_of(text)
    system = _system_of(digits) if digits is not None else LegacySystem.FREE_TEXT
    if digits is None or system is LegacySystem.FREE_TEXT:
        return LegacyKey(LegacySystem.FREE_TEXT, bare_form(text), ())
    parts, start = [], 0
    for name, width in _LAYOUTS[system]:
        parts.append((name, digits[start : start + width]))
        start += width
    return LegacyKey(system, digits, tuple(parts))


def _system_of(digits: str) -> LegacySystem:
    system = _BY_LENGTH.get(len(digits), LegacySystem.FREE_TEXT)
    if system is LegacySystem.SIC_AME and digits[6:].startswith(_GIM_RURAL_ZEROS):
        return LegacySystem.GIM_RURAL
    return system

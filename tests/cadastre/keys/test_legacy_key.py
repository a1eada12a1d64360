"""Older systems' keys: parts by name, a candidate for the office, nothing guessed."""

import pytest

from cadastre.keys.legacy_key import LegacySystem, parse_legacy


def test_sic_ame_has_short_blocks_and_a_national_candidate() -> None:
    key = parse_legacy("17035001020304501")

    assert dict(key.parts) == {
        "province": "17",
        "canton": "03",
        "parish": "50",
        "zone": "01",
        "sector": "02",
        "block": "03",
        "lot": "045",
        "tower": "01",
    }
    candidate = key.national_candidate()
    assert candidate is not None
    assert candidate.digits == "170350010200304500100000"


def test_gim_urban_widens_tower_and_unit() -> None:
    candidate = parse_legacy("1101030102030045010203").national_candidate()

    assert candidate is not None
    assert candidate.digits == "110103010203004500102003"


@pytest.mark.parametrize(
    ("text", "system", "parts"),
    [
        ("0101-003-012", LegacySystem.ESMERALDAS, {"sheet": "0101", "block": "003", "lot": "012"}),
        ("2201510000123", LegacySystem.SIGTIERRAS, {"number": "0000123", "parish": "51"}),
        ("11010300000001234", LegacySystem.GIM_RURAL, {"number": "00000001234"}),
    ],
)
def test_systems_without_candidate(text: str, system: LegacySystem, parts: dict[str, str]) -> None:
    key = parse_legacy(text)

    assert key.system is system
    assert parts.items() <= dict(key.parts).items()
    assert key.national_candidate() is None


def test_free_text_stays_whole() -> None:
    key = parse_legacy("Lote 4, Mz. B")

    assert (key.system, key.normalised, key.parts) == (LegacySystem.FREE_TEXT, "LOTE4MZB", ())

"""Every concept and every reason has a word of the office."""

import re
from pathlib import Path

from cadastre.taxation.concepts import CONCEPT_NAMES, DOUBT_NAMES, MISSING_NAMES

CADASTRE = Path(__file__).parents[3] / "cadastre"


def _found(pattern: str, *folders: str) -> set[str]:
    texts = (
        path.read_text("utf-8") for folder in folders for path in (CADASTRE / folder).glob("*.py")
    )
    return {word for text in texts for word in re.findall(pattern, text, re.M)}


def test_every_concept_of_a_title_has_a_name():
    assert _found(r'^CONCEPT = "(\w+)"', "taxation") == set(CONCEPT_NAMES)


def test_every_missing_input_has_a_name():
    missing = _found(r'what="([A-Z_]+)"', "valuation") | {
        "GRANT",
        "GROUND",
        "HOLDER",
        "PORTFOLIO",
        "QUALITY",
    }
    assert missing == set(MISSING_NAMES)


def test_every_doubt_has_a_name():
    told = _found(r'Doubt\("([A-Z]+)"', "taxation") | _found(r'what = "([A-Z]+)" if', "taxation")
    assert told | {"INCOME"} == set(DOUBT_NAMES)

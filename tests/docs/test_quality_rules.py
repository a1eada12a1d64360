"""The reference of quality rules says what the rules say; `--accept` writes it."""

from pathlib import Path

import pytest

from cadastre.quality.rules_page import rules_page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "quality-rules.md"


def test_the_reference_is_told_by_the_rules(request: pytest.FixtureRequest):
    if request.config.getoption("--accept"):
        PAGE.write_text(rules_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == rules_page()

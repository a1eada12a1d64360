"""Each law file has its page, and each path that a page names exists."""

import re
from pathlib import Path

import pytest

from cadastre.taxation.national_law import LAW_FOLDER

ROOT = Path(__file__).parents[3]
PAGES = sorted((ROOT / "docs" / "law").glob("*.md"))
_PATH = re.compile(r"`((?:cadastre|tests|docs)/[\w./-]+)`")


def test_each_law_file_has_its_page() -> None:
    pages = {page.stem for page in PAGES}

    assert {law.stem for law in LAW_FOLDER.glob("*.toml")} <= pages


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_paths_of_a_page_exist(page: Path) -> None:
    named = _PATH.findall(page.read_text("utf-8"))

    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []

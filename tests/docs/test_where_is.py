"""Paths that the README and CONTRIBUTING promise are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_PATH = re.compile(r"`([a-z_]+(?:/[\w.-]+)+/?)`")
_LINK = re.compile(r"\]\(([^)#:]+)\)")


def _promised(document: str) -> list[str]:
    text = (ROOT / document).read_text(encoding="utf-8")
    paths = [path for path in _PATH.findall(text) if "<" not in path]
    return sorted({*paths, *_LINK.findall(text)})


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_every_path_in_it_exists(document):
    missing = [path for path in _promised(document) if not (ROOT / path).exists()]
    assert missing == []


def test_the_where_is_table_is_not_empty():
    assert len(_promised("README.md")) > 25

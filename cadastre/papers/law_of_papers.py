"""Titles and legal base of the papers, from law/papers.toml."""

import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "law" / "papers.toml"


def paper_law(kind: str) -> dict[str, str]:
    """The members of one kind of paper: title, legal_base, state."""
    return _content()[kind]


@cache
def _content() -> dict[str, dict[str, str]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)

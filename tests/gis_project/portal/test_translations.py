"""English is complete: every string of a page's template has its English, and the compiled file is the text's."""

import gettext
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ENGLISH = settings.ROOT / "locale" / "en" / "LC_MESSAGES"
TEMPLATES = sorted(
    path
    for folder in ("gis_project", "cadastre", "layers")
    for path in (settings.ROOT / folder).rglob("templates/**/*.html")
)
TRANSLATED = re.compile(r"{%\s*translate\s+(\"[^\"]*\"|'[^']*')")


@pytest.fixture(scope="module")
def catalogue() -> dict[str, str]:
    with (ENGLISH / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)._catalog


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_string_of_a_template_has_its_english(path: Path, catalogue: dict[str, str]) -> None:
    strings = {found[1:-1] for found in TRANSLATED.findall(path.read_text(encoding="utf-8"))}
    assert {text for text in strings if text not in catalogue} == set()


def test_no_entry_is_left_empty() -> None:
    text = (ENGLISH / "django.po").read_text(encoding="utf-8")
    assert "fuzzy" not in text
    assert re.findall(r'msgid (.+)\n(?:msgid_plural .+\n)?msgstr(?:\[\d\])? ""\n\n', text) == []


def test_the_compiled_file_is_of_the_text(tmp_path: Path) -> None:
    subprocess.run(["msgfmt", "-o", tmp_path / "en.mo", ENGLISH / "django.po"], check=True)
    with (tmp_path / "en.mo").open("rb") as fresh, (ENGLISH / "django.mo").open("rb") as kept:
        assert gettext.GNUTranslations(fresh)._catalog == gettext.GNUTranslations(kept)._catalog

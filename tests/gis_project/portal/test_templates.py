"""Every template compiles: a forgotten `load` shows here and not to the first official who sees that part."""

from pathlib import Path

import pytest
from django.template.loader import get_template

from gis_project import portal

FOLDER = Path(portal.__file__ or "").parent / "templates"


@pytest.mark.parametrize(
    "name", sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
)
def test_template_compiles(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.html")), ids=lambda path: path.name)
def test_nothing_inline_that_the_content_policy_refuses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for refused in (" style=", "<style", " onclick=", " onload=", "javascript:", "hx-on"):
        assert refused not in text

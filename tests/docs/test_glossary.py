"""The glossary knows every public name: what the code tells is compared, the legal terms stand above it."""

from pathlib import Path

from tests.docs.glossary_tables import generated, records

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
MARK = "<!-- lo que sigue lo escriben las pruebas con --accept -->\n"


def test_the_glossary_tells_what_the_code_tells(request):
    text = GLOSSARY.read_text(encoding="utf-8")
    by_hand, _, told = text.partition(MARK)
    if request.config.getoption("--accept"):
        GLOSSARY.write_text(f"{by_hand}{MARK}{generated()}", encoding="utf-8")
    else:
        assert told == generated()


def test_every_record_has_a_spanish_name():
    """Django's default is the class name taken apart: a record must have a word of the office instead."""
    unnamed = [
        m.__name__
        for m in records()
        if m._meta.verbose_name_plural == f"{m._meta.verbose_name}s"
        and m.__name__.lower().startswith(str(m._meta.verbose_name).replace(" ", "")[:8])
    ]
    assert unnamed == []

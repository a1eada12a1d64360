"""No cell that we write is a formula, on any of its lines."""

from hypothesis import given
from hypothesis import strategies as st

from cadastre.imports.sheet_text import sheet_text

SIGNS = st.sampled_from("=+-@\t\r\n \u00a0aé'1")


@given(st.text(SIGNS, max_size=12))
def test_no_line_begins_as_a_formula(text: str) -> None:
    for line in sheet_text(text).split("\n"):
        assert not line.lstrip(" \t\u00a0").startswith(("=", "+", "-", "@"))


def test_plain_text_is_untouched() -> None:
    assert sheet_text("Calle 5 - A\nÑañez") == "Calle 5 - A\nÑañez"

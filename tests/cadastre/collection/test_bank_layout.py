"""The bank's files by their declared layouts: written without names, read line by line with reasons."""

from datetime import date
from decimal import Decimal

import pytest

from cadastre.collection.bank_layout import (
    READY,
    FieldTooLong,
    InvalidBankLayout,
    bank_layout,
    read_lines,
    written,
)
from tests.cadastre.taxation.test_debt_due import debt, due

DUES = [("1703501", due(debt(), date(2027, 1, 10)))]


def test_what_goes_out_is_what_settles_each_title():
    separated = list(written(DUES, bank_layout("separated")))
    assert separated[0].startswith("numero_titulo;anio;clave;")
    assert separated[1] == "2026-U-1;2026;1703501;112.00;11.12;0.00;123.12;2027-01-31\r\n"
    (fixed,) = written(DUES, bank_layout("fixed"))
    assert fixed == f"{'2026-U-1':<20}2026{'1703501':<30}{'123.12':>14}2027-01-31\r\n"


@pytest.mark.parametrize("name", [path.stem for path in READY.glob("*.toml")])
def test_what_the_bank_tells_is_read_back(name):
    layout = bank_layout(name)
    cells = {"reference": "R1", "title": "2026-U-1", "paid_on": "2027-01-12", "amount": "123.12"}
    if layout.form == "fixed":
        text = "".join(cells[one.holds].ljust(one.width) for one in layout.in_fields)
    else:
        heading = layout.separator.join(one.column for one in layout.in_fields)
        told = layout.separator.join(cells[one.holds] for one in layout.in_fields)
        text = f"\ufeff{heading}\n{told}"
    (line,) = read_lines(text + "\n\n", layout)
    assert (line.reference, line.title, line.paid_on, line.amount, line.flaw) == (
        "R1",
        "2026-U-1",
        date(2027, 1, 12),
        Decimal("123.12"),
        "",
    )


@pytest.mark.parametrize(
    "line",
    ["R1;T;2027-01-12", "R1;T;ayer;1.00", "R1;T;2027-01-12;x", "R1;T;2027-01-12;-1.00", ";T;;"],
)
def test_a_line_that_cannot_be_read_says_why(line):
    (found,) = read_lines(line, bank_layout("separated"))
    assert found.flaw


def test_a_first_line_that_is_not_the_declared_heading_is_judged():
    first, second = read_lines(
        "R1;2026-U-1;2027-01-12;1.00\nR2;2026-U-2;2027-01-12;2.00", bank_layout("separated")
    )
    assert (first.reference, second.reference) == ("R1", "R2")
    (wrong,) = read_lines("otro encabezado", bank_layout("separated"))
    assert wrong.flaw


def test_a_value_never_loses_its_end():
    long = [("9" * 31, DUES[0][1])]
    with pytest.raises(FieldTooLong):
        list(written(long, bank_layout("fixed")))


def test_a_layout_that_cannot_be_followed_is_refused(tmp_path):
    text = (READY / "separated.toml").read_text(encoding="utf-8")
    for wrong in (
        text.replace('holds = "amount"', 'holds = "name"'),
        text.replace('form = "separated"', 'form = "fixed"'),
        "title = 1",
    ):
        path = tmp_path / "x.toml"
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(InvalidBankLayout):
            bank_layout(str(path))
    with pytest.raises(InvalidBankLayout):
        bank_layout("none")

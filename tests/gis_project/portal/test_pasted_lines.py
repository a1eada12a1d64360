"""Vertices pasted from a surveyor's sheet, whatever its separators; what is none is named by its row."""

import pytest

from gis_project.portal.pasted_lines import LinesUnreadable, pasted_lines

LINE = ["LINESTRING (770812.25 9943500.0, 770812.25 9943530.5)"]


@pytest.mark.parametrize(
    "text",
    [
        "770812.25 9943500.00\n770812.25 9943530.50",
        "770812,25 9943500,00\r\n770812,25 9943530,50\r\n\r\n",
        "770812.25, 9943500.00\n770812.25, 9943530.50",
        "770812.25,9943500.00\n770812.25,9943530.50",
        "770812.25;9943500.00\n770812.25;9943530.50",
        "P1\t770812.25\t9943500.00\nP2\t770812.25\t9943530.50",
    ],
)
def test_the_same_line_in_every_writing(text):
    assert pasted_lines(text) == LINE


def test_an_empty_row_begins_another_line():
    assert len(pasted_lines("1 1\n2 2\n\n\n3 3\n4 4\n")) == 2


def test_wkt_stays_as_it_is():
    assert pasted_lines("LINESTRING (1 1, 2 2)\n\nLINESTRING (3 3, 4 4)") == [
        "LINESTRING (1 1, 2 2)",
        "LINESTRING (3 3, 4 4)",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 1\nmojón norte", "fila 2"),
        ("1 1", "al menos dos"),
        ("", "al menos dos"),
        ("1 1 2 2\n3 3", "más de un vértice"),
        ("1 1\n" * 5001, "divida"),
    ],
)
def test_what_is_no_line(text, words):
    with pytest.raises(LinesUnreadable, match=words):
        pasted_lines(text)

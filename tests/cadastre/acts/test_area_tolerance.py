"""COOTAD 481.1: the table of each ordinance, its flaws, and the verdict that it gives."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadastre.acts.area_tolerance import (
    SUBJECT,
    Finding,
    InvalidAreaTolerance,
    area_tolerance,
    flaws,
    verdict,
)
from cadastre.imports import tolerance_file
from cadastre.operations.sample_ground import TOLERANCE as SAMPLE

OPEN = [{"from_m2": "0", "tolerance_pct": "10"}]
TABLE = {
    "urban": [
        {"from_m2": "0", "to_m2": "200", "tolerance_pct": "8"},
        {"from_m2": "200", "to_m2": "1000", "tolerance_m2": "20"},
        {"from_m2": "1000", "to_m2": None, "tolerance_pct": "2.5"},
    ],
    "rural": OPEN,
    "article": "7",
}


def judge(measured, titled, kind="URBAN"):
    return verdict(
        measured_m2=Decimal(measured),
        titled_m2=Decimal(titled),
        kind=kind,
        tolerance=area_tolerance(TABLE, number="12-2024"),
    )


@pytest.mark.parametrize(
    ("measured", "titled", "kind", "finding", "allowed"),
    [
        ("108.0000", "100", "URBAN", Finding.INSIDE, "8"),
        ("108.0001", "100", "URBAN", Finding.EXCESS, "8"),
        ("91.9999", "100", "URBAN", Finding.SHORTFALL, "8"),
        ("215.9999", "199.9999", "URBAN", Finding.EXCESS, "15.999992"),
        ("220", "200", "URBAN", Finding.INSIDE, "20"),
        ("975", "1000", "URBAN", Finding.INSIDE, "25"),
        ("110", "100", "RURAL", Finding.INSIDE, "10"),
    ],
)
def test_the_titled_area_chooses_the_range(measured, titled, kind, finding, allowed):
    found = judge(measured, titled, kind)
    assert (found.finding, found.allowed_m2) == (finding, Decimal(allowed))
    assert found.is_beyond is (finding is not Finding.INSIDE)


def test_the_verdict_explains_itself():
    lines = [
        (line.label_es, str(line.area_m2), line.citation) for line in judge("230", "200").lines
    ]
    assert lines == [
        ("Área según el título", "200", ""),
        ("Área medida", "230", ""),
        ("Medida menos título", "30", ""),
        (
            "Error técnico aceptable, valor fijo, títulos de 200,00 m² a menos de 1.000,00 m²",
            "20",
            "Ordenanza 12-2024, Art. 7",
        ),
        ("Resultado: excedente", "30", "COOTAD, Art. 481.1"),
    ]


@pytest.mark.parametrize(
    ("urban", "told"),
    [
        ([], "falta la lista"),
        ([{"from_m2": "1", "tolerance_pct": "5"}], "empieza en 1 m² y debe empezar en 0"),
        ([{"from_m2": "0", "to_m2": "9", "tolerance_pct": "5"}], "desde 9 m² no hay ningún rango"),
        (
            [{"from_m2": "0", "to_m2": "9", "tolerance_pct": "5"}, {"from_m2": "10", "tolerance_m2": "1"}],
            "entre 9 y 10 m² no hay",
        ),
        (
            [{"from_m2": "0", "to_m2": "9", "tolerance_pct": "5"}, {"from_m2": "8", "tolerance_m2": "1"}],
            "entre 8 y 9 m² hay dos",
        ),
        ([*OPEN, {"from_m2": "10", "tolerance_m2": "1"}], "la fila 1 no tiene fin"),
        ([{"from_m2": "0", "tolerance_pct": "5", "tolerance_m2": "1"}], "uno de los dos"),
        ([{"from_m2": "0"}], "uno de los dos"),
        ([{"from_m2": "0", "tolerance_pct": 5}], "va como texto"),
        ([{"from_m2": "0", "tolerance_pct": "-5"}], "va como texto"),
        ([{"from_m2": "0", "tolerance_pct": "NaN"}], "va como texto"),
        ([{"from_m2": "0", "tolerance_pct": "101"}], "de 0 a 100"),
        ([{"from_m2": "0", "to_m2": "0", "tolerance_pct": "5"}], "mayor que from_m2"),
        ([{"from_m2": "0", "tolerance": "5"}], "va como from_m2"),
    ],
)  # fmt: skip
def test_gaps_overlaps_and_malformed_rows_are_told(urban, told):
    found = flaws({"urban": urban, "rural": OPEN, "article": "1"})
    assert len(found) == 1
    assert told in found[0]
    with pytest.raises(InvalidAreaTolerance):
        area_tolerance({"urban": urban, "rural": OPEN, "article": "1"}, number="1")


def test_a_table_without_article_or_with_a_stranger_is_refused():
    assert flaws({"urban": OPEN, "rural": OPEN}) == ("Falta el artículo («article»).",)
    assert "tolerance" in flaws({**TABLE, "tolerance": "1"})[0]


@given(st.lists(st.integers(1, 10**7), unique=True, max_size=6), st.integers(1, 10**8))
def test_any_joined_table_judges_every_area(ends, titled):
    bounds = [0, *sorted(ends)]
    rows = [
        {"from_m2": str(start), "tolerance_pct": "3"} | ({"to_m2": str(end)} if end else {})
        for start, end in zip(bounds, [*bounds[1:], None], strict=True)
    ]
    table = area_tolerance({"urban": rows, "rural": rows, "article": "1"}, number="1")
    area = Decimal(titled) / 10
    assert not verdict(measured_m2=area, titled_m2=area, kind="URBAN", tolerance=table).is_beyond


def test_sample_and_file_speak_the_same_language():
    assert flaws(SAMPLE) == ()
    assert tolerance_file.SUBJECT == SUBJECT

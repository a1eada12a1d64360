"""The ficha as data: eleven sections, every list used, every variable whole."""

import pytest

from cadastre.ficha import code_lists as lists
from cadastre.ficha import variables as data
from cadastre.ficha.code_lists import MalformedFicha, code_lists
from cadastre.ficha.variables import (
    PredioKind,
    Subject,
    Variable,
    VariableType,
    sections,
    variables_of,
)

# Columns of the building's own: its code lists are checked by the acts that write them.
OF_COLUMNS = {"structure", "conservation", "work_measure"}


def every_variable() -> list[Variable]:
    top = [variable for section in sections() for variable in section.variables]
    return top + [column for variable in top for column in variable.columns]


def test_the_sections_are_those_of_the_ficha():
    assert [(section.order, section.stem) for section in sections()] == [
        (1, "identification"),
        (2, "tenure"),
        (3, "land"),
        (4, "boundaries"),
        (5, "services"),
        (6, "use"),
        (7, "buildings"),
        (8, "works"),
        (9, "rural"),
        (10, "permits"),
        (11, "households"),
    ]


def test_households_stand_apart():
    apart = variables_of(Subject.HOUSEHOLD)
    assert not set(apart) & set(variables_of(Subject.PREDIO))
    assert {"inhabitants", "households"} <= set(apart)


def test_every_variable_is_whole():
    for variable in every_variable():
        assert variable.label
        assert variable.applies
        assert variable.code.isascii()
        assert variable.code == variable.code.lower()
        match variable.type:
            case VariableType.CODE | VariableType.CODES:
                assert variable.codes is not None
            case VariableType.NUMBER:
                assert variable.unit
                assert variable.minimum < variable.maximum
            case VariableType.TEXT:
                assert variable.max_length > 0
            case VariableType.ROWS:
                assert variable.columns


def test_every_list_is_used_and_says_where_it_comes_from():
    used = {variable.codes.stem for variable in every_variable() if variable.codes}
    assert set(code_lists()) == used | OF_COLUMNS
    for codes in code_lists().values():
        assert codes.origin
        assert codes.verification_status == "K"


def test_each_kind_of_predio_has_variables_that_only_it_has():
    asked = {
        kind: {v.code for v in variables_of(Subject.PREDIO).values() if kind in v.applies}
        for kind in PredioKind
    }
    assert "irrigation" in asked[PredioKind.RURAL] - asked[PredioKind.URBAN]
    assert "front_1_m" in asked[PredioKind.URBAN] - asked[PredioKind.RURAL]
    assert "has_condominium_manager" in asked[PredioKind.CONDOMINIUM] - asked[PredioKind.URBAN]


SECTION = """
title = "Prueba"
order = 1
origin = "prueba"
verification_status = "K"
applies = ["urban"]
variable = [{ %s }]
"""


@pytest.mark.parametrize(
    "row",
    [
        'code = "a", label = "A", type = "number"',
        'code = "a", label = "A", type = "code", list = "no_such_list"',
        'code = "a", label = "A", type = "wish"',
        'code = "a", label = "A", type = "boolean", applies = ["lunar"]',
        'code = "a", label = "A", type = "boolean", requird = true',
    ],
)
def test_a_file_with_a_slip_is_refused(tmp_path, row):
    path = tmp_path / "prueba.toml"
    path.write_text(SECTION % row, encoding="utf-8")
    with pytest.raises(MalformedFicha, match="prueba"):
        data._section(path)


def test_a_list_that_repeats_a_code_is_refused(tmp_path):
    path = tmp_path / "prueba.toml"
    row = '{ code = "A", name = "a" }'
    path.write_text(
        f'title = "x"\norigin = "x"\nverification_status = "K"\ncodes = [{row}, {row}]',
        encoding="utf-8",
    )
    with pytest.raises(MalformedFicha, match="repite"):
        lists._read(path)

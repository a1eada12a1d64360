"""Every variable of the ficha has a field that shows an answer and reads the same one back."""

from typing import Any

import pytest
from django import forms

from cadastre.ficha.variables import PredioKind, Subject, Variable, VariableType, variables_of
from gis_project.portal.ficha_fields import (
    answer_field,
    is_same_answer,
    shown_answer,
    told_answer,
)
from gis_project.portal.ficha_part import FichaPart
from gis_project.portal.ficha_rows import rows_shown

VARIABLES = {**variables_of(Subject.PREDIO), **variables_of(Subject.HOUSEHOLD)}


def some_answer(variable: Variable) -> Any:
    match variable.type:
        case VariableType.CODE:
            return next(reversed(variable.codes.names))
        case VariableType.CODES:
            return list(variable.codes.names)[:2]
        case VariableType.NUMBER:
            return int(variable.maximum) if variable.decimals == 0 else str(variable.maximum)
        case VariableType.BOOLEAN:
            return False
        case VariableType.DATE:
            return "2026-03-02"
        case VariableType.ROWS:
            return [{column.code: some_answer(column) for column in variable.columns}] * 2
    return "Señal 1"


@pytest.mark.parametrize("variable", VARIABLES.values(), ids=lambda one: one.code)
def test_an_answer_comes_back_as_it_was_shown(variable: Variable) -> None:
    answer = some_answer(variable)
    shown = shown_answer(variable, answer)
    back = told_answer(variable, answer_field(variable, held=answer).clean(shown))
    assert back == answer
    assert is_same_answer(variable, back, answer)
    empty = [] if variable.type is VariableType.CODES else ""
    assert told_answer(variable, answer_field(variable).clean(empty)) is None


CROPS = VARIABLES["crops"]


def test_rows_are_typed_with_names_commas_and_any_accents() -> None:
    cycle = next(iter(CROPS.columns[1].codes.names.items()))
    read = answer_field(CROPS).clean(f"Maíz; {cycle[1].upper()}; 1,5\n\nPapa;;2")
    assert read == [
        {"crop": "Maíz", "cycle": cycle[0], "area_ha": "1.5"},
        {"crop": "Papa", "area_ha": "2"},
    ]
    with_semicolon = [{"crop": "Maíz; fréjol", "area_ha": "1"}]
    assert answer_field(CROPS).clean(rows_shown(CROPS, with_semicolon)) == with_semicolon


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Maíz; quizás; 1", "En la fila 1"),
        ("Maíz;;mucho", "no puede ser «mucho»"),
        ("Maíz;;NaN", "no puede ser «NaN»"),
        ("a;b;c;d", "tiene 4 datos"),
    ],
)
def test_a_row_that_does_not_fit_is_named(typed: str, told: str) -> None:
    with pytest.raises(forms.ValidationError, match=told):
        answer_field(CROPS).clean(typed)


def test_the_same_in_another_spelling_changes_nothing() -> None:
    front, uses = VARIABLES["front_1_m"], VARIABLES["current_uses"]
    assert is_same_answer(front, "14.2", 14.20)
    assert is_same_answer(uses, ["B", "A"], ["A", "B"])
    assert not is_same_answer(front, None, "0")


def test_a_code_that_left_its_list_stays_while_it_is_held() -> None:
    topography = VARIABLES["topography"]
    assert answer_field(topography, held="OLD").clean("OLD") == "OLD"
    with pytest.raises(forms.ValidationError):
        answer_field(topography).clean("OLD")


def test_what_is_not_asked_of_a_kind_is_shown_only_while_it_is_answered() -> None:
    urban = FichaPart(subject=Subject.PREDIO, kind=PredioKind.URBAN, held={})
    assert "ficha_crops" not in urban.fields()
    held = FichaPart(subject=Subject.PREDIO, kind=PredioKind.URBAN, held={"crops": [{}]})
    assert "ficha_crops" in held.fields()
    assert "ficha_photographs" not in held.fields()

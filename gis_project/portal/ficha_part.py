"""The part of a form that asks the ficha: its sections with a field each, and what of it was changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from cadastre.ficha.variables import PredioKind, Section, Subject, Variable, sections
from gis_project.portal.ficha_fields import (
    answer_field,
    is_same_answer,
    shown_answer,
    told_answer,
)

# Its rows name files by their content: they come with the field's return, nobody types them.
_NOT_TYPED = ("photographs",)


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section of the ficha in a form; ``answered`` of its questions have an answer in the register."""

    title: str
    fields: tuple[forms.BoundField, ...]
    answered: int
    is_open: bool


class FichaPart:
    """The variables of a subject asked of a kind of predio, beside the answers ``held`` by the register."""

    def __init__(self, *, subject: Subject, kind: PredioKind, held: Mapping[str, Any]) -> None:
        self._held = held
        self._asked = [
            (section, tuple(v for v in section.variables if _is_asked(v, kind, held)))
            for section in sections()
            if section.subject is subject
        ]

    @property
    def variables(self) -> Iterable[Variable]:
        """Those that stand in the form, in the ficha's order."""
        return [variable for _, asked in self._asked for variable in asked]

    def fields(self) -> dict[str, forms.Field]:
        """A field for each, by name."""
        return {
            name_of(one): answer_field(one, held=self._held.get(one.code)) for one in self.variables
        }

    def initial(self) -> dict[str, Any]:
        """What the register says, as the fields show it."""
        shown = {
            name_of(one): shown_answer(one, self._held.get(one.code)) for one in self.variables
        }
        return {name: value for name, value in shown.items() if value is not None}

    def told(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Every answer that was given, by code."""
        given = {one.code: told_answer(one, cleaned[name_of(one)]) for one in self.variables}
        return {code: answer for code, answer in given.items() if answer is not None}

    def changed(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """The answers that differ from the register's, by code; None takes one back."""
        given = [(one, told_answer(one, cleaned[name_of(one)])) for one in self.variables]
        return {
            one.code: answer
            for one, answer in given
            if not is_same_answer(one, answer, self._held.get(one.code))
        }

    def shown(self, form: forms.BaseForm) -> list[ShownSection]:
        """The sections with their bound fields; one with an error stands open."""
        return [self._shown(section, asked, form) for section, asked in self._asked if asked]

    def _shown(
        self, section: Section, asked: tuple[Variable, ...], form: forms.BaseForm
    ) -> ShownSection:
        fields = tuple(form[name_of(one)] for one in asked)
        answered = sum(self._held.get(one.code) not in (None, "", []) for one in asked)
        return ShownSection(section.title, fields, answered, any(one.errors for one in fields))


def name_of(variable: Variable) -> str:
    """The name of a variable's field, apart from the form's own."""
    return f"ficha_{variable.code}"


def _is_asked(variable: Variable, kind: PredioKind, held: Mapping[str, Any]) -> bool:
    if variable.code in _NOT_TYPED:
        return False
    # An answer of before the predio changed its kind must be seen to be taken back.
    return kind in variable.applies or held.get(variable.code) is not None

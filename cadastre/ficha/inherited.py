"""Which answers of a ficha are true of other ground too: what was measured on one ground stays with it."""

from collections.abc import Iterable, Mapping
from typing import Any

from cadastre.ficha.variables import Subject, Variable, variables_of

_NAMED = 6


def inherited(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a predio's ficha that its parts, or what it is united into, take over."""
    measured = {variable.code for variable in left_behind(answers)}
    return {code: answer for code, answer in answers.items() if code not in measured}


def left_behind(answers: Mapping[str, Any]) -> tuple[Variable, ...]:
    """The variables with an answer that was measured on that ground only, in the order of the ficha."""
    return tuple(
        variable
        for variable in variables_of(Subject.PREDIO).values()
        if variable.is_measured and answers.get(variable.code) not in (None, "", [])
    )


def told_left_behind(fichas: Iterable[Mapping[str, Any]]) -> list[str]:
    """One sentence in Spanish that lists what new ground must be asked anew; none when nothing is."""
    labels = list(
        dict.fromkeys(variable.label for answers in fichas for variable in left_behind(answers))
    )
    if not labels:
        return []
    rest = f" y {len(labels) - _NAMED} datos más" if len(labels) > _NAMED else ""
    named = ", ".join(f"«{label}»" for label in labels[:_NAMED])
    return [
        f"No pasan, porque se midieron en otro terreno: {named}{rest}. Mídalos y complete la ficha."
    ]

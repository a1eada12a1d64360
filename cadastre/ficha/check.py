"""What is wrong with the answers of a ficha, and what is still missing from them, in Spanish.

Flaws refuse an answer at the counter. What is missing only counts against completeness: no import is
refused for an empty box.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from cadastre.ficha.variables import PredioKind, Subject, Variable, VariableType, variables_of

MAX_ROWS = 500


@dataclass(frozen=True, slots=True)
class Flaw:
    """``variable`` names the place (``crops[2].area_ha``), ``message`` says what to do."""

    variable: str
    message: str


def flaws(
    answers: Mapping[str, Any], *, kind: PredioKind, subject: Subject = Subject.PREDIO
) -> tuple[Flaw, ...]:
    """Everything wrong with the answers, in their order; empty when they may be kept.

    An answer of ``None`` says that it is not known: it is no flaw.
    """
    known = variables_of(subject)
    found: list[Flaw] = []
    for code, answer in answers.items():
        variable = known.get(code)
        if variable is None:
            found.append(
                Flaw(code, f"La ficha no tiene la variable «{code}»: revise cómo se escribe.")
            )
        elif answer is None:
            continue
        elif kind not in variable.applies:
            found.append(
                Flaw(code, f"«{variable.label}» no se pregunta en {_KINDS[kind]}: déjela vacía.")
            )
        else:
            found += _flaws_of(variable, answer, code)
    return tuple(found)


def missing(
    answers: Mapping[str, Any], *, kind: PredioKind, subject: Subject = Subject.PREDIO
) -> tuple[Variable, ...]:
    """The required variables that have no answer."""
    return tuple(
        variable
        for variable in variables_of(subject).values()
        if variable.is_required
        and kind in variable.applies
        and answers.get(variable.code) in (None, "", [])
    )


def completeness(
    answers: Mapping[str, Any], *, kind: PredioKind, subject: Subject = Subject.PREDIO
) -> Decimal:
    """The share of required variables answered, 0 to 1 to four decimals; 1 where none is required."""
    required = [
        variable
        for variable in variables_of(subject).values()
        if variable.is_required and kind in variable.applies
    ]
    if not required:
        return Decimal(1)
    answered = len(required) - len(missing(answers, kind=kind, subject=subject))
    return (Decimal(answered) / len(required)).quantize(Decimal("0.0001"))


_KINDS = {
    PredioKind.URBAN: "un predio urbano",
    PredioKind.RURAL: "un predio rural",
    PredioKind.CONDOMINIUM: "una unidad de propiedad horizontal",
}


def _flaws_of(variable: Variable, answer: Any, where: str) -> list[Flaw]:
    if variable.type is VariableType.ROWS:
        return _flaws_of_rows(variable, answer, where)
    message = _message(variable, answer)
    return [Flaw(where, f"«{variable.label}»: {message}")] if message else []


def _message(variable: Variable, answer: Any) -> str:
    match variable.type:
        case VariableType.CODE:
            return _code_message(variable, answer)
        case VariableType.CODES:
            return _codes_message(variable, answer)
        case VariableType.NUMBER:
            return _number_message(variable, answer)
        case VariableType.TEXT:
            return _text_message(variable, answer)
        case VariableType.BOOLEAN:
            return "" if isinstance(answer, bool) else "se contesta sí o no."
        case _:
            return _date_message(answer)


def _code_message(variable: Variable, answer: Any) -> str:
    names = variable.codes.names if variable.codes else {}
    if isinstance(answer, str) and answer in names:
        return ""
    return f"{_said(answer)} no está en la lista; use {', '.join(names)}."


def _codes_message(variable: Variable, answer: Any) -> str:
    if not isinstance(answer, list) or len(answer) != len({repr(code) for code in answer}):
        return "es una lista de códigos, cada uno una vez."
    return next(filter(None, (_code_message(variable, code) for code in answer)), "")


def _number_message(variable: Variable, answer: Any) -> str:
    number = _number(answer)
    if number is None:
        return "es un número, con punto decimal."
    if not variable.minimum <= number <= variable.maximum:
        return f"va de {variable.minimum} a {variable.maximum} {variable.unit}."
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > variable.decimals:
        return f"admite {variable.decimals} decimales."
    return ""


def _number(answer: Any) -> Decimal | None:
    if isinstance(answer, bool) or not isinstance(answer, int | float | str | Decimal):
        return None
    try:
        # A float as JSON writes it: 2.5 is 2.5.
        number = Decimal(str(answer))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _text_message(variable: Variable, answer: Any) -> str:
    if not isinstance(answer, str) or not answer.strip() or "\x00" in answer:
        return "es un texto; si no se sabe, déjelo vacío."
    if len(answer) > variable.max_length:
        return f"admite {variable.max_length} letras."
    return ""


def _date_message(answer: Any) -> str:
    try:
        date.fromisoformat(answer if isinstance(answer, str) else "")
    except ValueError:
        return "es una fecha como 2026-03-02."
    return ""


def _flaws_of_rows(variable: Variable, answer: Any, where: str) -> list[Flaw]:
    if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
        return [Flaw(where, f"«{variable.label}» es una lista de filas.")]
    if len(answer) > MAX_ROWS:
        return [Flaw(where, f"«{variable.label}» admite {MAX_ROWS} filas.")]
    columns = {column.code: column for column in variable.columns}
    found: list[Flaw] = []
    for number, row in enumerate(answer, start=1):
        place = f"{where}[{number}]"
        for code, cell in row.items():
            if code not in columns:
                found.append(Flaw(f"{place}.{code}", f"«{variable.label}» no tiene esa columna."))
            elif cell is not None:
                found += _flaws_of(columns[code], cell, f"{place}.{code}")
        found += [
            Flaw(f"{place}.{code}", f"«{variable.label}»: falta «{column.label}».")
            for code, column in columns.items()
            if column.is_required and row.get(code) is None
        ]
    return found


def _said(answer: Any) -> str:
    return f"«{answer[:40]}»" if isinstance(answer, str) else "eso"

"""A form's field for each variable of the ficha: made from its declaration, shown and read back without loss."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadastre.ficha.variables import Variable, VariableType
from gis_project.portal.act_form import PLAIN, figure_field
from gis_project.portal.ficha_rows import FichaRowsField, rows_shown

_UNKNOWN = gettext_lazy("No se sabe")
_YES_OR_NO = {True: "si", False: "no"}


def answer_field(variable: Variable, *, held: Any = None) -> forms.Field:
    """The field, never required: what is not known stays empty. A code that left its list stays choosable while
    the register holds it."""
    measures = variable.type is VariableType.NUMBER and variable.decimals > 0
    label = f"{variable.label} ({variable.unit})" if measures else variable.label
    common: dict[str, Any] = {"label": label, "required": False}
    match variable.type:
        case VariableType.CODE:
            return forms.ChoiceField(choices=[("", _UNKNOWN), *_choices(variable, held)], **common)
        case VariableType.CODES:
            return forms.MultipleChoiceField(
                choices=_choices(variable, held), widget=forms.CheckboxSelectMultiple, **common
            )
        case VariableType.NUMBER:
            return figure_field(
                common.pop("label"),
                min_value=variable.minimum,
                max_value=variable.maximum,
                decimal_places=variable.decimals,
                **common,
            )
        case VariableType.BOOLEAN:
            return forms.ChoiceField(
                choices=[
                    ("", _UNKNOWN),
                    ("si", gettext_lazy("Sí")),
                    ("no", gettext_lazy("No")),
                ],
                **common,
            )
        case VariableType.DATE:
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            return forms.DateField(widget=widget, input_formats=["%Y-%m-%d"], **common)
        case VariableType.ROWS:
            return FichaRowsField(variable, **common)
    return forms.CharField(
        max_length=variable.max_length, widget=forms.TextInput(attrs=PLAIN), **common
    )


def shown_answer(variable: Variable, answer: Any) -> Any:
    """What stands in the field for an answer of the register."""
    if answer is None:
        return None
    match variable.type:
        case VariableType.BOOLEAN:
            return _YES_OR_NO.get(answer, "")
        case VariableType.NUMBER:
            return _plain(answer)
        case VariableType.ROWS:
            return rows_shown(variable, answer)
    return answer


def told_answer(variable: Variable, value: Any) -> Any:
    """The answer as the register keeps it, of what the field read; None for none."""
    if value is None or value in ("", []):
        return None
    match variable.type:
        case VariableType.BOOLEAN:
            return value == "si"
        case VariableType.NUMBER:
            return int(value) if variable.decimals == 0 else format(value, "f")
        case VariableType.DATE:
            return value.isoformat() if isinstance(value, date) else value
    return value


def is_same_answer(variable: Variable, one: Any, other: Any) -> bool:
    """Whether both say the same: 14.2, «14.20» and «14,20» do, and so do codes in another order."""
    if one is None or other is None:
        return (one is None or one == []) and (other is None or other == [])
    match variable.type:
        case VariableType.NUMBER:
            return _number(one) == _number(other)
        case VariableType.CODES:
            return sorted(map(str, one)) == sorted(map(str, other))
        case VariableType.ROWS:
            return rows_shown(variable, one) == rows_shown(variable, other)
    return bool(one == other)


def _choices(variable: Variable, held: Any) -> list[tuple[str, str]]:
    names = dict(variable.codes.names) if variable.codes else {}
    kept = held if isinstance(held, list) else [held] if isinstance(held, str) else []
    gone = {code: _("%s (ya no está en la lista)") % code for code in kept if code not in names}
    return [(code, name[:1].upper() + name[1:]) for code, name in (names | gone).items()]


def _number(answer: Any) -> Decimal | str:
    try:
        return Decimal(str(answer))
    except InvalidOperation:
        return str(answer)


def _plain(answer: Any) -> str:
    number = _number(answer)
    return format(number, "f") if isinstance(number, Decimal) else number

"""A predio's data in words: what each is called, and what its stored value says."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadastre.ficha.code_lists import code_lists
from cadastre.ficha.variables import Subject, Variable, VariableType, variables_of
from gis_project.portal.ficha_rows import rows_shown
from gis_project.portal.templatetags.lindero import number
from gis_project.portal.vocabulary import CODE_WORDS

LAND_LABELS: Mapping[str, Any] = {
    "kind": gettext_lazy("Clase de suelo"),
    "parish": gettext_lazy("Parroquia"),
    "block_code": gettext_lazy("Manzana o polígono"),
    "address": gettext_lazy("Dirección"),
    "land_use": gettext_lazy("Uso del suelo"),
}
BUILDING_LABELS: Mapping[str, Any] = {
    "structure": gettext_lazy("Estructura"),
    "floors": gettext_lazy("Pisos"),
    "footprint": gettext_lazy("Planta en el mapa"),
    "conservation": gettext_lazy("Estado de conservación"),
    "built_in": gettext_lazy("Año de construcción"),
    "restored_in": gettext_lazy("Año de restauración"),
    "use": gettext_lazy("Uso"),
    "stage_pct": gettext_lazy("Avance de la construcción (%)"),
}
WORK_LABELS: Mapping[str, Any] = {
    "work.kind": gettext_lazy("Clase de obra"),
    "work.quantity": gettext_lazy("Cantidad"),
    "work.measure": gettext_lazy("Unidad de medida"),
    "work.material": gettext_lazy("Material"),
    "work.conservation": gettext_lazy("Estado de conservación"),
    "work.built_in": gettext_lazy("Año de construcción"),
}
_LABELS = {**LAND_LABELS, **BUILDING_LABELS, **WORK_LABELS}
# The code lists of data that do not bear their list's name.
_LISTS = {
    "work.kind": "work_kind",
    "work.measure": "work_measure",
    "work.material": "work_material",
    "work.conservation": "conservation",
}
_NOTHING = "–"


def datum_label(what: str) -> str:
    """What a datum is called: of the land, a building or a work, `ficha.<variable>`, or `observation.<code>`."""
    if what.startswith("observation."):
        return _("Observación")
    if what in _LABELS:
        return str(_LABELS[what])
    variable = _variable(what)
    return variable.label if variable else what


def datum_said(what: str, value: Any) -> str:
    """Its value as people say it, a dash for none; what has no word is shown as it is stored."""
    if value is None or value == "" or value == []:
        return _NOTHING
    variable = None if what in _LABELS else _variable(what)
    if variable is not None:
        return _answer(variable, value)
    if isinstance(value, bool):
        return _("Sí") if value else _("No")
    named = code_lists().get(_LISTS.get(what, what))
    if named is not None and value in named.names:
        word = named.names[value]
        return word if what == "work.measure" else _capital(word)
    if isinstance(value, list):
        if any(isinstance(one, dict) for one in value):
            return ngettext("%d fila", "%d filas", len(value)) % len(value)
        return ", ".join(map(str, value))
    return _capital(str(CODE_WORDS.get(value, value)))


def _variable(what: str) -> Variable | None:
    code = what.removeprefix("ficha.")
    found = variables_of(Subject.PREDIO).get(code)
    return found or variables_of(Subject.BUILDING).get(code)


def _answer(variable: Variable, value: Any) -> str:
    names = variable.codes.names if variable.codes else {}
    match variable.type:
        case VariableType.BOOLEAN:
            return _("Sí") if value else _("No")
        case VariableType.CODE:
            return _capital(_word(names, value))
        case VariableType.CODES if isinstance(value, list):
            return ", ".join(_word(names, code) for code in value)
        case VariableType.NUMBER:
            return _figure(variable, value)
        case VariableType.ROWS:
            return rows_shown(variable, value)
    return str(value)


def _word(names: Mapping[str, str], code: Any) -> str:
    """The name of a code in its list; what is no longer in it has perhaps a word elsewhere."""
    return names.get(code) or str(CODE_WORDS.get(code, code))


def _figure(variable: Variable, value: Any) -> str:
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return f"{number(exact, variable.decimals)} {variable.unit}".strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

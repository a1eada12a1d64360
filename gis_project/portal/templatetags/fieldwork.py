"""How a value of a field package reads on a page."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def field_value(value: Any) -> str:
    """Sí and no, codes in a row, how many rows; a dash for what is not answered."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Sí") if value else _("No")
    if isinstance(value, list):
        if all(isinstance(one, str) for one in value):
            return ", ".join(value)
        return ngettext("%d fila", "%d filas", len(value)) % len(value)
    return str(value)

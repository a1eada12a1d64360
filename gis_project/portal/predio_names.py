"""Predios named in a form, one a row, by key or number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gis_project.portal.act_form import PLAIN

_MOST = 100


def predio_names_field(label: Any, *, required: bool = True) -> forms.CharField:
    """A field for several predios; read it with ``read_names``."""
    return forms.CharField(
        label=label,
        help_text=_("Su clave o número de predio, uno por fila."),
        max_length=10_000,
        required=required,
        widget=forms.Textarea(attrs=PLAIN | {"rows": 2}),
    )


def read_names(text: str) -> list[str]:
    """The names without repetitions; ValidationError for too many or too long."""
    names = list(dict.fromkeys(row.strip() for row in text.splitlines() if row.strip()))
    if len(names) > _MOST or any(len(name) > 60 for name in names):
        raise forms.ValidationError(_("Escriba hasta 100 predios, uno por fila."))
    return names

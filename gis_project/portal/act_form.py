"""What every act is asked with on a page: the reason, and the state of the predio that the person saw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gis_project.portal.act_on import ActOn

PLAIN = {"autocomplete": "off", "spellcheck": "false"}
FIGURES = PLAIN | {"inputmode": "decimal"}


class ActForm(forms.Form):
    """An act on one predio. Subclasses tell their own members of the act's JSON in ``told``.

    ``on`` is the predio it works on, for forms whose choices or coordinates depend on it.
    """

    reason = forms.CharField(
        label=_("Motivo o trámite"),
        help_text=_("Quien aprueba lo lee, y queda en la historia del predio."),
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, on: ActOn | None = None, **options: Any) -> None:
        self._on = on
        super().__init__(*arguments, **options)

    @property
    def on(self) -> ActOn:
        """The predio it works on; LookupError for a form that was given none."""
        if self._on is None:
            raise LookupError("this form works on a predio: pass it as `on`")
        return self._on

    def told(self) -> dict[str, Any]:
        """The act's data as the API takes them, without the predio; only of a valid form."""
        return {}


def figure_field(label: Any, **options: Any) -> forms.DecimalField:
    """A number that may be typed with a decimal comma or point."""
    return FigureField(
        label=label, localize=False, widget=forms.TextInput(attrs=FIGURES), **options
    )


class FigureField(forms.DecimalField):
    """`1234,56` and `1234.56` are the same number; grouped thousands are refused rather than guessed."""

    def to_python(self, value: Any) -> Any:
        text = value.strip() if isinstance(value, str) else value
        if isinstance(text, str) and text.count(",") == 1 and "." not in text:
            text = text.replace(",", ".")
        return super().to_python(text)

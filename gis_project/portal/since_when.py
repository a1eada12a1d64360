"""The question that every correction asks: was it never otherwise, or is it so from the document's day on."""

from django import forms
from django.utils.translation import gettext_lazy as _

WHEN = "when"


def when_field() -> forms.ChoiceField:
    """The field named ``WHEN``; its answer is `act` or `always`."""
    return forms.ChoiceField(
        label=_("Desde cuándo es así"),
        choices=[
            ("act", _("Desde la fecha del documento: cambió en el terreno")),
            ("always", _("Siempre fue así: el catastro lo decía mal; lo aprueba otra persona")),
        ],
        widget=forms.RadioSelect,
    )

"""What a person writes when deciding on a proposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RemarkForm(forms.Form):
    """A remark; a return needs one, the other steps may have one."""

    remark = forms.CharField(
        label=_("Observación"),
        help_text=_("Al devolver, diga qué debe corregirse."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def note(self) -> str:
        note: Any = self.cleaned_data["remark"]
        return str(note).strip()


class ConfirmForm(forms.Form):
    """Which of the proposal's documents somebody confirms, and what he remarks on it."""

    document = forms.UUIDField()
    note = forms.CharField(required=False, max_length=300)

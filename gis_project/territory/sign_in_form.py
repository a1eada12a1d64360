"""The sign-in form: one field for whichever identifier the person knows, and the password."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.models import Login
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Cédula, teléfono o correo"),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        )
        self.fields["password"].label = _("Contraseña")
        self.fields["password"].help_text = ""  # allauth's own link; the page has one below
        self.order_fields(["login", "password"])

    def user_credentials(self) -> dict[str, Any]:
        return {
            "identifier": self.cleaned_data["login"],
            "password": self.cleaned_data["password"],
        }

    def _clean_with_password(self, credentials: dict[str, Any]) -> dict[str, Any]:
        adapter = get_adapter(self.request)
        user = adapter.authenticate(self.request, **credentials)
        if user is None:
            raise adapter.validation_error("email_password_mismatch")
        self._login = Login(user=user)
        self.user = user
        cleaned: dict[str, Any] = self.cleaned_data
        return cleaned

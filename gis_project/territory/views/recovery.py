"""Pages around the paper code: an official hands it out, the person uses it."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from gis_project.core.errors import DomainError
from gis_project.territory.addresses import client_address
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.issue_recovery_code import (
    NoSecondFactor,
    Opens,
    issue_recovery_code,
)
from gis_project.territory.operations.use_recovery_code import (
    drop_second_factor,
    use_recovery_code,
)
from gis_project.territory.policy import check_can, municipality_for
from gis_project.territory.rate_limit import RECOVERY_HERE, RECOVERY_OF_ACCOUNT, check_rate
from gis_project.territory.sign_in import account_key, accounts_of


class RecoverForm(forms.Form):
    login = forms.CharField(label=_("Cédula, teléfono o correo"), max_length=254)
    code = forms.CharField(label=_("Código del papel"), max_length=30)
    password1 = forms.CharField(
        label=_("Contraseña nueva"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Contraseña nueva, otra vez"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and cleaned.get("password1") != cleaned.get("password2"):
            self.add_error("password2", _("Las dos contraseñas no son iguales."))
        return cleaned


class DropFactorForm(forms.Form):
    login = forms.CharField(label=_("Cédula, teléfono o correo"), max_length=254)
    password = forms.CharField(
        label=_("Contraseña"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(label=_("Código del papel"), max_length=30)


class IssueForm(forms.Form):
    login = forms.CharField(label=_("Cédula, teléfono o correo de la persona"), max_length=254)
    opens = forms.ChoiceField(
        label=_("Qué perdió"),
        choices=[
            (Opens.PASSWORD.value, _("La contraseña")),
            (Opens.SECOND_FACTOR.value, _("El teléfono del segundo factor")),
        ],
        initial=Opens.PASSWORD.value,
        required=False,
    )

    def clean_opens(self) -> Opens:
        return Opens(self.cleaned_data["opens"] or Opens.PASSWORD)


@sensitive_post_parameters()
def recover(request: HttpRequest) -> HttpResponse:
    """The person types the code of the paper and a new password, then signs in."""
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        _check_tries(request, typed["login"])
        try:
            use_recovery_code(
                identifier=typed["login"],
                code=typed["code"],
                password=typed["password1"],
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("account_login")
    return render(request, "territory/recover.html", {"form": form})


@sensitive_post_parameters()
def recover_second_factor(request: HttpRequest) -> HttpResponse:
    """The person types password and code of the paper, then signs in and sets a new factor."""
    form = DropFactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        _check_tries(request, typed["login"])
        try:
            drop_second_factor(
                identifier=typed["login"],
                code=typed["code"],
                password=typed["password"],
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("account_login")
    return render(request, "territory/recover_second_factor.html", {"form": form})


@login_required
def issue_recovery(request: HttpRequest, municipality: str) -> HttpResponse:
    """An official makes the code and prints the page; it is not shown again."""
    place = _own_municipality(request, municipality)
    form = IssueForm(request.POST or None)
    issued = None
    if request.method == "POST" and form.is_valid():
        accounts = accounts_of(form.cleaned_data["login"])
        if len(accounts) == 1:
            try:
                issued = issue_recovery_code(
                    user=accounts[0],
                    municipality=place,
                    by=request.user,
                    on=today_in(place),
                    now=timezone.now(),
                    opens=form.cleaned_data["opens"],
                )
            except NoSecondFactor as refusal:
                form.add_error("login", refusal.message)
        else:
            form.add_error("login", _("No hay una cuenta con ese dato; pruebe con la cédula."))
    context = {"form": form, "issued": issued, "municipality": place}
    return render(request, "territory/issue_recovery.html", context)


def _check_tries(request: HttpRequest, login: str) -> None:
    check_rate(RECOVERY_HERE, client_address(request))
    check_rate(RECOVERY_OF_ACCOUNT, account_key(login))


def _own_municipality(request: HttpRequest, slug: str) -> Municipality:
    place = municipality_for(request.user, slug, on=timezone.localdate())
    check_can(request.user, "issue_recovery", municipality=place, on=today_in(place))
    return place

"""How allauth works here: nobody signs up, attempts are counted per account and address."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gis_project.territory.addresses import client_address
from gis_project.territory.models import User
from gis_project.territory.rate_limit import (
    FAILED_SIGN_IN_ANYWHERE,
    FAILED_SIGN_IN_HERE,
    FAILED_SIGN_IN_PAIR,
    give_back,
    seconds_to_wait,
)
from gis_project.territory.sign_in import account_key


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {  # noqa: RUF012 -- allauth's way of naming messages
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Los datos o la contraseña no son correctos."),
        "too_many_login_attempts": _("Demasiados intentos fallidos. Espere cinco minutos."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        address = client_address(request)
        if not address:
            raise PermissionDenied
        return address

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Take one try from each bucket; those of a successful sign-in are given back."""
        address, account = self.get_client_ip(request), account_key(credentials["identifier"])
        self._taken = [
            (FAILED_SIGN_IN_HERE, address),
            (FAILED_SIGN_IN_PAIR, f"{account} {address}"),
            (FAILED_SIGN_IN_ANYWHERE, account),
        ]
        if any(seconds_to_wait(limit, key) for limit, key in self._taken):
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        for limit, key in self._taken:
            give_back(limit, key)

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        if not isinstance(user, User):
            return False
        identifier = user.cedula or user.phone or user.email or ""
        found = self.authenticate(context.request, identifier=identifier, password=password)
        return found is not None and found.pk == user.pk

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        if isinstance(user, User):
            user.must_change_password = False
        super().set_password(user, password)

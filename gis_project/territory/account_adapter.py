"""How allauth works here: nobody signs up, attempts are counted per account and address."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context, ratelimit
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gis_project.territory.addresses import client_address
from gis_project.territory.models import User
from gis_project.territory.personal_hash import personal_hash
from gis_project.territory.sign_in import accounts_of

# From everywhere together: slows a botnet, and does not let one stranger lock somebody out.
ACCOUNT_WIDE = {"failed_anywhere": "100/h/key"}


class AccountAdapter(DefaultAccountAdapter):
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
        super().pre_authenticate(request, **credentials)
        self._anywhere = ratelimit.consume(
            request,
            app="territory",
            action="failed_anywhere",
            config=ACCOUNT_WIDE,
            key=_account_key(credentials),
        )
        if not self._anywhere:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self._anywhere:
            self._anywhere.rollback()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return f"{_account_key(credentials)}:{self.get_client_ip(request)}"

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


def _account_key(credentials: dict[str, Any]) -> str:
    """One key for all identifiers of an account, so that each does not bring tries of its own."""
    typed = str(credentials.get("identifier", ""))
    return ",".join(str(user.pk) for user in accounts_of(typed)) or personal_hash(typed)

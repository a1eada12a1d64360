"""Sign-in through the institution's directory (OpenID Connect): only for accounts that exist here."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest


class DirectoryAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Whoever the directory vouches for still needs an account, found by the verified e-mail."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

"""Sign-in, password, second factor and recovery: the part of allauth that is open here.

Signing up, e-mail management and reset by e-mail have no address: accounts are made by officials,
and e-mail is never required.
"""

from allauth.account import views
from django.apps import apps
from django.urls import include, path

from gis_project.territory.views.recovery import (
    issue_recovery,
    recover,
    recover_second_factor,
)

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("recover/", recover, name="account_reset_password"),
    path("recover/second-factor/", recover_second_factor, name="account_recover_second_factor"),
    path("2fa/", include("allauth.mfa.urls")),
    path("<slug:municipality>/recovery/", issue_recovery, name="issue_recovery"),
]

if apps.is_installed("allauth.socialaccount"):
    urlpatterns += [
        path("3rdparty/", include("allauth.socialaccount.urls")),
        path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]

"""All doors, in the order in which they are tried (docs: architecture §9)."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("gis_project.territory.account_urls")),
    path("", include("layers.urls")),
    path("", include("gis_project.portal.urls")),
]

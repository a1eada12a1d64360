"""All doors, in the order in which they are tried (docs: architecture §9)."""

from django.urls import include, path
from django.views.generic import RedirectView

from gis_project import handlers
from gis_project.api import api
from gis_project.territory.views import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("account/", include("gis_project.territory.account_urls")),
    path("api/", RedirectView.as_view(url="/api/docs"), name="api"),
    path("api/", api.urls),
    path("", include("layers.urls")),
    path("", include("gis_project.portal.urls")),
]

handler400 = handlers.bad_request
handler403 = handlers.forbidden
handler404 = handlers.not_found
handler500 = handlers.server_error

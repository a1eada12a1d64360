"""Doors of published layers: /wms, /ogc/, /tiles/ and the same below /<municipality>/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("layers.ogc.urls")),
    path("<slug:municipality>/", include("layers.ogc.urls")),
    path("", include("layers.wms.urls")),
    path("<slug:municipality>/", include("layers.wms.urls")),
    path("", include("layers.tiles.urls")),
    path("<slug:municipality>/", include("layers.tiles.urls")),
]

"""Addresses below ``/tiles`` and ``/<municipality>/tiles``."""

from django.urls import path

from layers.tiles.views import tile, tilejson

urlpatterns = [
    path("tiles/<str:layer>/<int:z>/<int:x>/<int:y>.mvt", tile, name="tile"),
    path("tiles/<str:layer>.json", tilejson, name="tilejson"),
]

"""Doors of published layers: /wms, /ogc/, /tiles/ and the same below /<municipality>/."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []

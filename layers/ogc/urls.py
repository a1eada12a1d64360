"""Addresses below ``/ogc`` and ``/<municipality>/ogc``."""

from django.urls import path

from layers.ogc.collections import collection, collections
from layers.ogc.description import api_document, api_page
from layers.ogc.item import item
from layers.ogc.items import items
from layers.ogc.landing import conformance, landing
from layers.ogc.queryables import queryables

urlpatterns = [
    path("ogc", landing, name="ogc_landing_bare"),
    path("ogc/", landing, name="ogc_landing"),
    path("ogc/api", api_document, name="ogc_api"),
    path("ogc/api.html", api_page, name="ogc_api_page"),
    path("ogc/conformance", conformance, name="ogc_conformance"),
    path("ogc/collections", collections, name="ogc_collections"),
    path("ogc/collections/<str:layer>", collection, name="ogc_collection"),
    path("ogc/collections/<str:layer>/queryables", queryables, name="ogc_queryables"),
    path("ogc/collections/<str:layer>/items", items, name="ogc_items"),
    path("ogc/collections/<str:layer>/items/<str:feature>", item, name="ogc_item"),
]

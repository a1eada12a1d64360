"""Addresses ``/wms`` and ``/<municipality>/wms``."""

from django.urls import path

from layers.wms.views import wms

urlpatterns = [path("wms", wms, name="wms")]

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gis_project.portal"
    label = "portal"
    verbose_name = "Páginas"

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "gis_project.territory"
    label = "territory"
    verbose_name = "Territorio, personas usuarias y auditoría"

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TerritoryConfig(AppConfig):
    name = "gis_project.territory"
    label = "territory"
    verbose_name = "Territorio, personas usuarias y auditoría"

    def ready(self) -> None:
        from gis_project.territory.after_migrate import finish_schema

        post_migrate.connect(finish_schema, sender=self)

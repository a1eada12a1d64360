from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TerritoryConfig(AppConfig):
    name = "gis_project.territory"
    label = "territory"
    verbose_name = "Territorio, personas usuarias y auditoría"

    def ready(self) -> None:
        from gis_project.territory.after_migrate import finish_schema
        from gis_project.territory.log_format import configure_structlog

        configure_structlog()
        post_migrate.connect(
            finish_schema, sender=self, dispatch_uid="gis_project.territory.finish_schema"
        )

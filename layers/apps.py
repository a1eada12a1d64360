from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


def _before(plan: list[Any], **_: Any) -> None:
    from layers.schemas import drop_schemas

    if plan:  # views may not stand in the way of a column's change
        drop_schemas()


def _after(**_: Any) -> None:
    from layers.schemas import create_schemas

    create_schemas()


class LayersConfig(AppConfig):
    name = "layers"
    verbose_name = "Capas publicadas"

    def ready(self) -> None:
        pre_migrate.connect(_before, sender=self, dispatch_uid="layers.drop_schemas")
        post_migrate.connect(_after, sender=self, dispatch_uid="layers.create_schemas")

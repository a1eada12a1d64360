"""What follows every `migrate`: the shared cache's table, the grants, the shipped roles."""

from typing import Any

from django.core.management import call_command

from gis_project.territory.grants import apply_grants
from gis_project.territory.roles import load_roles


def finish_schema(*, using: str, **_: Any) -> None:
    """Idempotent; runs as lindero_owner inside `migrate`."""
    call_command("createcachetable", database=using, verbosity=0)
    apply_grants(using)
    load_roles()

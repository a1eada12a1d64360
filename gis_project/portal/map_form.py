"""The form that gives a predio without map its first ground."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gis_project.portal.ground_forms import RectifyForm


class MapForm(RectifyForm):
    """As an area is rectified, but that the ground must be told: there is none yet."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["surveyed"].required = True
        self.fields["surveyed"].label = _("El terreno del predio")

    def told(self) -> dict[str, Any]:
        found = super().told()
        found["shape"] = found.pop("surveyed")
        return found

"""What the geometry of an act refuses: every refusal names the place that the person should look at."""

from typing import ClassVar

from gis_project.core.errors import InvalidInput


class GeometryRefused(InvalidInput):
    """The geometry of the act is not admissible: go to the place in ``details`` (x, y) and correct it."""

    code: ClassVar[str] = "geometry_refused"

    def __init__(
        self, message: str, *, at: tuple[float, float] | None = None, **facts: object
    ) -> None:
        place = {} if at is None else {"x": round(at[0], 3), "y": round(at[1], 3)}
        super().__init__(message, details={**place, **facts})


def place(at: tuple[float, float]) -> str:
    """A place as people read it on the coordinate table: «(774000.000, 9943000.000)»."""
    return f"({at[0]:.3f}, {at[1]:.3f})"

"""Which tile of WebMercatorQuad is meant."""

from dataclasses import dataclass

from gis_project.core.errors import NotFound

MAX_ZOOM = 22


class NoSuchTile(NotFound):
    """The matrix has no tile with these numbers: x and y are below 2 to the power of z, z is at most 22."""

    code = "no_such_tile"


@dataclass(frozen=True, slots=True)
class TileAddress:
    z: int
    x: int
    y: int


def tile_address(z: int, x: int, y: int) -> TileAddress:
    """The address, if the matrix has it."""
    if z > MAX_ZOOM or x >= 1 << z or y >= 1 << z:
        raise NoSuchTile(
            f"No hay tesela {z}/{x}/{y}: z llega a {MAX_ZOOM}; x e y son menores que 2^z."
        )
    return TileAddress(z, x, y)

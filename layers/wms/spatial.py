"""CRS and BBOX: which are served, whose axes come in which order, what a box may be."""

from gis_project.core.crs import CrsName, UnknownCrs, parse_crs
from layers.wms.faults import INVALID_PARAMETER, Fault
from layers.wms.parameters import Parameters, finite_number
from layers.wms.versions import Version

Box = tuple[float, float, float, float]

SRIDS = (32717, 32718, 31992, 31993, 31977, 31978, 3857, 4326)
# Far beyond the Earth in either unit: what lies outside is a mistake or an attack.
_FAR_METRES = 1e9
_FAR_DEGREES = 1e4


def crs_names(version: Version) -> tuple[str, ...]:
    """The names under which capabilities list the systems."""
    names = tuple(f"EPSG:{srid}" for srid in SRIDS)
    return (*names, "CRS:84") if version.has_authority_axes else names


def read_crs(parameters: Parameters, version: Version) -> CrsName:
    """The asked system; before 1.3.0 x always came first."""
    text = parameters.required(version.crs_parameter)
    try:
        name = parse_crs(text)
    except UnknownCrs:
        name = None
    if name is None or name.srid not in SRIDS:
        raise Fault(
            f"No se sirve {version.crs_parameter}={text[:60]}: use {', '.join(crs_names(version))}.",
            version.invalid_crs,
        )
    return name if version.has_authority_axes else CrsName(name.srid, is_lat_lon=False)


def read_box(parameters: Parameters, crs: CrsName) -> Box:
    """Min x, min y, max x, max y with x being easting or longitude, whatever order the client wrote."""
    parts = parameters.required("BBOX").split(",")
    if len(parts) != 4:
        raise Fault("BBOX lleva cuatro números separados por comas.", INVALID_PARAMETER)
    numbers = [finite_number(part, name="BBOX") for part in parts]
    far = _FAR_DEGREES if crs.srid == 4326 else _FAR_METRES
    if any(abs(number) > far for number in numbers):
        raise Fault("BBOX queda fuera de la Tierra.", INVALID_PARAMETER)
    min_x, min_y, max_x, max_y = numbers
    if crs.is_lat_lon:
        min_x, min_y, max_x, max_y = min_y, min_x, max_y, max_x
    if not (min_x < max_x and min_y < max_y):
        raise Fault(
            "BBOX debe ir de los valores menores a los mayores y tener superficie.",
            INVALID_PARAMETER,
        )
    return min_x, min_y, max_x, max_y


def in_written_order(box: Box, *, is_lat_lon: bool) -> Box:
    """A box as the door writes it."""
    min_x, min_y, max_x, max_y = box
    return (min_y, min_x, max_y, max_x) if is_lat_lon else box

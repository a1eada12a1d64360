"""The two versions of the standard and what differs between them by name only."""

from dataclasses import dataclass

from layers.wms.faults import INVALID_PARAMETER, MISSING_PARAMETER, Fault
from layers.wms.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Version:
    """`crs_parameter`, `column` and `row` are the version's parameter names."""

    number: str
    crs_parameter: str
    invalid_crs: str
    column: str
    row: str
    capabilities_type: str
    exception_type: str

    @property
    def has_authority_axes(self) -> bool:
        """Whether boxes follow the authority's order of axes (EPSG:4326: latitude first)."""
        return self.number == "1.3.0"


V111 = Version(
    number="1.1.1",
    crs_parameter="SRS",
    invalid_crs="InvalidSRS",
    column="X",
    row="Y",
    capabilities_type="application/vnd.ogc.wms_xml",
    exception_type="application/vnd.ogc.se_xml",
)
V130 = Version(
    number="1.3.0",
    crs_parameter="CRS",
    invalid_crs="InvalidCRS",
    column="I",
    row="J",
    capabilities_type="text/xml",
    exception_type="text/xml",
)
VERSIONS = {version.number: version for version in (V111, V130)}


def negotiate(parameters: Parameters) -> Version:
    """The version in which capabilities are answered: the asked one, else the next lower, else the lowest."""
    asked = parameters.text("VERSION") or parameters.text("WMTVER")
    if asked in VERSIONS:
        return VERSIONS[asked]
    numbers = _numbers(asked)
    if numbers is None or numbers > (1, 3, 0):
        return V130
    return V111


def stated_version(parameters: Parameters) -> Version:
    """The version of every other operation; it decides the order of axes and so is never guessed."""
    asked = parameters.text("VERSION")
    if not asked:
        raise Fault("Falta VERSION: escriba VERSION=1.3.0 o VERSION=1.1.1.", MISSING_PARAMETER)
    if asked not in VERSIONS:
        raise Fault(
            f"No se admite VERSION={asked[:20]}: use 1.3.0 o 1.1.1.",
            INVALID_PARAMETER,
        )
    return VERSIONS[asked]


def _numbers(text: str) -> tuple[int, ...] | None:
    parts = text.split(".")
    if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        return None
    return tuple(map(int, parts))

"""Which EPSG system a file's own description means. Runs only inside the limited child process."""

from pyproj import CRS
from pyproj.exceptions import CRSError

from gis_project.core.crs import CONSENT_SRIDS, IMPORT_SRIDS

_SURE_ENOUGH_PCT = 70


def srid_of(text: str) -> int | None:
    """The EPSG code that ``text`` (a code or WKT) names or equals; ``None`` when it names none."""
    if not text:
        return None
    try:
        described = CRS.from_user_input(text)
    except CRSError:
        return None
    code = described.to_epsg(min_confidence=_SURE_ENOUGH_PCT)
    if code is not None:
        return int(code)
    # ESRI's .prj has other names for the same system: compare what it is, not how it is called.
    for known in (*IMPORT_SRIDS, *CONSENT_SRIDS):
        if described.equals(CRS.from_epsg(known), ignore_axis_order=True):
            return known
    return None

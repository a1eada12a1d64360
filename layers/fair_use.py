"""How often one address may ask the doors of features, tiles and pixels: far above anybody who looks at a map.

A page of features or a tile holds a database connection for milliseconds; a script that empties the
service in a loop would hold all of them. Counted by address and not by account: a public answer must
not depend on who is signed in, or nobody could cache it.
"""

from django.conf import settings
from django.http import HttpRequest

from gis_project.territory.addresses import client_address
from gis_project.territory.rate_limit import Limit, check_rate

_ADVICE = " Para copiar capas enteras use las descargas o pida páginas más grandes."


def check_features_rate(request: HttpRequest) -> None:
    """One page of features or one feature; TooManyRequests when the address has none left now."""
    _check("features", settings.FEATURES_PER_MINUTE, request)


def check_tiles_rate(request: HttpRequest) -> None:
    """One vector tile."""
    _check("tiles", settings.TILES_PER_MINUTE, request)


def check_feature_info_rate(request: HttpRequest) -> None:
    """One question about a pixel (GetFeatureInfo)."""
    _check("feature-info", settings.FEATURE_INFO_PER_MINUTE, request)


def _check(name: str, per_minute: int, request: HttpRequest) -> None:
    """A whole minute's worth may come at once, as clients do when they open a project; 0 is no limit."""
    if per_minute:
        limit = Limit(name=name, burst=per_minute, every_s=60 / per_minute, advice=_ADVICE)
        check_rate(limit, client_address(request))

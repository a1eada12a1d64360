"""The one reader of query parameters: known names only, each once, clean text."""

from collections.abc import Collection

from django.http import HttpRequest

from gis_project.core.errors import BadRequest

_MAX_LENGTH = 4_000


class BadParameter(BadRequest):
    """A query parameter is unknown here, repeated, or its value unreadable: see ``/ogc/api``."""

    code = "bad_parameter"


def read_parameters(request: HttpRequest, known: Collection[str]) -> dict[str, str]:
    """The request's parameters by name, as OGC API spells them (upper and lower case differ)."""
    read: dict[str, str] = {}
    for name, values in request.GET.lists():
        if name not in known:
            raise BadParameter(
                f"No hay ningún parámetro «{name[:60]}» aquí. Los que hay: {', '.join(sorted(known))}."
            )
        if len(values) > 1:
            raise BadParameter(f"El parámetro {name} está repetido: escríbalo una sola vez.")
        if len(values[0]) > _MAX_LENGTH or any(_is_unclean(sign) for sign in values[0]):
            raise BadParameter(f"El valor de {name} es demasiado largo o no es texto UTF-8 limpio.")
        read[name] = values[0]
    return read


def read_flag(parameters: dict[str, str], name: str) -> bool | None:
    """``true``, ``false`` or None where it was not given."""
    value = parameters.get(name)
    if value not in {None, "true", "false"}:
        raise BadParameter(f"{name} es true o false.")
    return None if value is None else value == "true"


def _is_unclean(sign: str) -> bool:
    # U+FFFD stands where the bytes were no UTF-8.
    return sign < " " or sign in "\x7f\ufffd" or "\ud800" <= sign <= "\udfff"

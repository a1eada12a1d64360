"""Takes personal data and secrets out of log lines, as the last step before they are written.

Code logs ids and codes; this is the second wall, for messages of libraries and tracebacks.
"""

import re
from collections.abc import MutableMapping
from typing import Any

from stdnum.ec import ci

_CEDULA_OR_RUC = re.compile(r"(?<![\w-])\d{10}(?:\d{3})?(?![\w-])")
_PHONE = re.compile(r"(?<!\w)(?:\+593|0)9\d{8}(?!\w)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_SECRET = re.compile(
    r"(?i)\b(authorization|bearer|token|password|secret|sessionid|csrftoken|code|cookie)"
    r"(['\"]?\s*[=:]\s*['\"]?|\s+)((?:bearer\s+)?[^\s'\",;&}]{4,})"
)
_QUERY = re.compile(r"\?[^\s\"'<>]*=[^\s\"'<>]*")
_ROW = re.compile(r"(?m)^(DETAIL|CONTEXT):.*$|Failing row contains \(.*?\)\.?$|=\([^)]*\) ")


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: every text in `event` without what points at a person."""
    return {name: _clean(value) for name, value in event.items()}


def redact_text(text: str) -> str:
    text = _ROW.sub("[fila omitida] ", text)
    text = _QUERY.sub("?[consulta omitida]", text)
    text = _SECRET.sub(r"\1\2[omitido]", text)
    text = _EMAIL.sub("[correo]", text)
    text = _PHONE.sub("[teléfono]", text)
    return _CEDULA_OR_RUC.sub(
        lambda match: "[cédula]" if ci.is_valid(match[0][:10]) else match[0], text
    )


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, dict):
        return {name: _clean(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return redact_text(str(value))

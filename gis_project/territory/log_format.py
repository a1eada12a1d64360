"""How log lines look: one JSON object each, redacted, with the request's id."""

from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from gis_project.territory.log_redaction import redact

_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure_structlog() -> None:
    """Send structlog's own lines the same way as those of the standard library."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def json_formatter() -> structlog.stdlib.ProcessorFormatter:
    """The formatter of the LOGGING setting."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_SHARED, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _without_request_object,
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
    )


def _without_request_object(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Django hands the whole request to some lines; printing it would print its address."""
    event.pop("request", None)
    event.pop("server_time", None)
    return event

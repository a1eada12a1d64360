"""What the domain refuses, in words for the person who asked.

Every refusal has a stable ``code`` (documented, tested, sent to clients) and a Spanish ``message``
that says what to do. The five bases below decide the HTTP status; ``gis_project/api_errors.py``
holds that table. Subclasses live beside the function that raises them.
"""

from collections.abc import Mapping
from typing import Any, ClassVar


class DomainError(Exception):
    """A refusal: ``code`` for machines, ``message`` (es) for people, ``details`` with the facts.

    ``details`` must hold JSON values and never personal data: it is logged and sent.
    """

    code: ClassVar[str] = "domain_error"

    def __init__(self, message: str, *, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.details: dict[str, Any] = dict(details or {})

    def __str__(self) -> str:
        return self.message


class BadRequest(DomainError):
    """The request cannot be read (syntax): correct its form and send it again. HTTP 400."""

    code = "bad_request"


class NotAllowed(DomainError):
    """The person may not do this here: ask somebody whose role may. HTTP 403."""

    code = "not_allowed"


class NotFound(DomainError):
    """There is no such thing for this person: check the key and the municipality. HTTP 404."""

    code = "not_found"


class Conflict(DomainError):
    """The register has moved on or forbids it: reload, look at the difference. HTTP 409."""

    code = "conflict"


class InvalidInput(DomainError):
    """The request is readable but its content is not admissible: correct the value. HTTP 422."""

    code = "invalid_input"

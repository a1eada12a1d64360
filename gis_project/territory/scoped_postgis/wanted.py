"""The scope that statements of the running thread or task are to have; territory/scope.py sets it."""

from contextvars import ContextVar

NOWHERE = ""
EVERYWHERE = "*"

# Ids of municipalities with commas between them, or one of the two words above.
WANTED: ContextVar[str] = ContextVar("lindero_municipalities", default=NOWHERE)

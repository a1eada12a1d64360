"""For which procedure an act is prepared: its page leads back to it."""

import re

from django.http import HttpRequest

_NUMBER = re.compile(r"\d{4}-\d{6}")


def procedure_named(request: HttpRequest) -> str:
    """The number that `?procedure=` gives; empty for none, and for what is no number."""
    number = request.GET.get("procedure", "")
    return number if _NUMBER.fullmatch(number) else ""

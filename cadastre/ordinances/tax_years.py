"""Which tax years an ordinance rules: those whose 1 January lies in its validity (COOTAD 511)."""

from datetime import date


def first_tax_year(starts: date) -> int:
    """The first year whose 1 January is not before ``starts``: its roll is the first to follow it."""
    return starts.year if (starts.month, starts.day) == (1, 1) else starts.year + 1

"""Turning the pages of a result list by ordinary links."""

from django.http import HttpRequest

LAST_PAGE = 50  # further on, nobody reads; a better question is quicker, for the reader and for us


def page_number(request: HttpRequest) -> int:
    """The page asked for by `?page=`, from 1 to ``LAST_PAGE``; anything else is the first."""
    text = request.GET.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
    return min(max(number, 1), LAST_PAGE)


def page_turns(here: str, *, page: int, size: int, matched: int) -> dict[str, object]:
    """What the list's heading and its links need; `here` is the list's address with its query."""
    first = (page - 1) * size + 1
    last = min(page * size, matched)
    has_next = matched > page * size and page < LAST_PAGE
    return {
        "matched": matched,
        "first": first,
        "last": last,
        "previous_url": f"{here}&page={page - 1}" if page > 1 else "",
        "next_url": f"{here}&page={page + 1}" if has_next else "",
    }

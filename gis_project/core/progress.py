"""How far long work is: what works says it, and whoever watches decides how it looks."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
_EVERY = 100


class Progress(Protocol):
    """Called with the name (es) of each phase as it begins, and how many items it has if that is known."""

    def __call__(self, phase: str, total: int | None = None) -> None: ...

    def advance(self, count: int) -> None:
        """``count`` more items of the running phase are done."""
        ...


class _Unseen:
    def __call__(self, phase: str, total: int | None = None) -> None: ...

    def advance(self, count: int) -> None: ...


UNSEEN: Progress = _Unseen()


def tracked(items: Sequence[T], progress: Progress) -> Iterator[T]:
    """The items one by one, telling every hundred."""
    for number, item in enumerate(items, start=1):
        yield item
        if number % _EVERY == 0:
            progress.advance(_EVERY)
    progress.advance(len(items) % _EVERY)

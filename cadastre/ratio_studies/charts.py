"""Pictures of a study as SVG: how the ratios spread, and ratio against price. Made on the server, no script.

Colours are those of the page's text (``currentColor``), so they serve light and dark; words are given by
who draws. Every picture has a title and a description for those who do not see it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10

import numpy as np

_WIDTH, _HEIGHT = 560, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 14, 40
_BARS = 24
_MOST_POINTS = 2_000


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says: its name, what it shows, and what stands at the axes."""

    title: str
    description: str
    across: str
    upward: str


def histogram(
    ratios: Sequence[float], words: Words, *, marks: Mapping[str, float] | None = None
) -> str:
    """Bars of ratios from the 1st to the 99th per cent, with named vertical ``marks`` (median, limits)."""
    found = np.array(ratios)
    low, high = _ends(found)
    counts, edges = np.histogram(np.clip(found, low, high), bins=_BARS, range=(low, high))
    tallest = max(int(counts.max()), 1)
    x, y = _scale(low, high, _across), _scale(0, tallest, _up)
    parts = [
        f'<rect x="{x(edges[n]):.1f}" y="{y(count):.1f}" width="{x(edges[n + 1]) - x(edges[n]) - 1:.1f}" '
        f'height="{y(0) - y(count):.1f}" fill="currentColor" fill-opacity="0.35"/>'
        for n, count in enumerate(counts.tolist())
    ]
    for name, value in (marks or {}).items():
        if low <= value <= high:
            parts.append(_mark(name, x(value)))
    return _drawn(parts, words, (low, high), (0, tallest))


def scatter(prices: Sequence[float], ratios: Sequence[float], words: Words, *, level: float) -> str:
    """A point a sale (evenly thinned to two thousand) over a logarithmic price, and the ``level`` of all."""
    step = max(1, -(-len(prices) // _MOST_POINTS))
    across, upward = np.log10(np.array(prices[::step])), np.array(ratios[::step])
    low, high = _ends(np.array(ratios))
    west, east = float(across.min()), float(across.max())
    if west == east:
        west, east = west - 0.5, east + 0.5
    x, y = _scale(west, east, _across), _scale(low, high, _up)
    parts = [
        f'<circle cx="{x(one):.1f}" cy="{y(float(np.clip(ratio, low, high))):.1f}" r="2" '
        'fill="currentColor" fill-opacity="0.4"/>'
        for one, ratio in zip(across.tolist(), upward.tolist(), strict=True)
    ]
    if low <= level <= high:
        parts.append(
            f'<path d="M{_LEFT} {y(level):.1f}H{_WIDTH - _RIGHT}" stroke="currentColor" stroke-width="1.5"/>'
        )
    return _drawn(parts, words, (10**west, 10**east), (low, high))


def _ends(found: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> tuple[float, float]:
    low, high = (float(end) for end in np.quantile(found, [0.01, 0.99]))
    return (low, high) if high - low > 1e-9 else (low - 0.5, high + 0.5)


class _Scale:
    def __init__(self, low: float, high: float, first: float, last: float) -> None:
        self._low, self._first = low, first
        self._by = (last - first) / (high - low)

    def __call__(self, value: float) -> float:
        return self._first + (value - self._low) * self._by


_across = (_LEFT, _WIDTH - _RIGHT)
_up = (_HEIGHT - _BOTTOM, _TOP)


def _scale(low: float, high: float, ends: tuple[int, int]) -> _Scale:
    return _Scale(low, high, *ends)


def _mark(name: str, x: float) -> str:
    return (
        f'<path d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="currentColor" stroke-width="1.5" '
        f'stroke-dasharray="5 4"/><text x="{x + 4:.1f}" y="{_TOP + 10}" font-size="11" '
        f'fill="currentColor">{escape(name)}</text>'
    )


def _drawn(
    parts: Sequence[str],
    words: Words,
    across: tuple[float, float],
    upward: tuple[float, float],
) -> str:
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    texts = [
        (_LEFT, bottom + 16, "start", _short(across[0])),
        (right, bottom + 16, "end", _short(across[1])),
        ((_LEFT + right) / 2, _HEIGHT - 6, "middle", words.across),
        (_LEFT - 6, bottom, "end", _short(upward[0])),
        (_LEFT - 6, _TOP + 10, "end", _short(upward[1])),
    ]
    told = "".join(
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="currentColor">{escape(text)}</text>'
        for x, y, anchor, text in texts
    )
    middle = (_TOP + bottom) / 2
    side = (
        f'<text transform="translate(14 {middle:.0f}) rotate(-90)" text-anchor="middle" '
        f'fill="currentColor">{escape(words.upward)}</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="12" '
        f'fill="none"><title>{escape(words.title)}</title><desc>{escape(words.description)}</desc>'
        f'<path d="M{_LEFT} {_TOP}V{bottom}H{right}" stroke="currentColor" stroke-opacity="0.6"/>'
        f"{''.join(parts)}{told}{side}</svg>"
    )


def _short(value: float) -> str:
    """A few figures: 0.87, 12, 45000."""
    if value == 0 or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.{max(0, 1 - floor(log10(abs(value))))}f}"

"""The quantile of Student's distribution, to eleven figures, without a library of statistics."""

from functools import lru_cache
from math import exp, inf, lgamma, log

_MOST_TERMS = 10_000
_TINY = 1e-300


@lru_cache
def critical_t(confidence: float, freedom: int) -> float:
    """The t that holds ``confidence`` (0 to 1) of the distribution between −t and t.

    ``freedom`` are its degrees, at least one.
    """
    outside = 1 - confidence
    low, high = 0.0, 1.0
    while _outside(high, freedom) > outside and high < inf:
        low, high = high, high * 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _outside(middle, freedom) > outside else (low, middle)
    return (low + high) / 2


def _outside(t: float, freedom: int) -> float:
    """How much of the distribution lies beyond −t and t: an incomplete beta function."""
    return _incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5)


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised one, I_x(a, b), by its continued fraction on the side where that converges."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Lentz's evaluation of the fraction; the terms of even and odd place alternate."""
    upper, lower = 1.0, _away(1 - (a + b) * x / (a + 1))
    lower = 1 / lower
    found = lower
    for m in range(1, _MOST_TERMS):
        twice = a + 2 * m
        for term in (
            m * (b - m) * x / ((twice - 1) * twice),
            -(a + m) * (a + b + m) * x / (twice * (twice + 1)),
        ):
            lower = 1 / _away(1 + term * lower)
            upper = _away(1 + term / upper)
            found *= upper * lower
        if abs(upper * lower - 1) < 1e-15:
            return found
    raise ArithmeticError(f"the fraction did not settle for {x}, {a}, {b}")


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY

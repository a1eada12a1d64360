"""Hypothesis strategies that yield only what the register admits, on its 1 mm grid."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st
from shapely import Polygon

from tests.shapes import rectangle

metres = st.integers(0, 500_000).map(lambda millimetres: millimetres / 1000)
sides = st.integers(1_000, 200_000).map(lambda millimetres: millimetres / 1000)
civil_dates = st.dates(date(2000, 1, 1), date(2060, 12, 31))
money = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)


@st.composite
def rectangles(draw: st.DrawFn) -> Polygon:
    """A valid axis-parallel parcel of 1 m to 200 m a side."""
    return rectangle(draw(metres), draw(metres), draw(sides), draw(sides))

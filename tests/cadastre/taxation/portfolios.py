"""Hypothesis: councils' rate tables inside the legal bands, and owners' predios."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from cadastre.valuation.facts import UnitKind

HIGHEST_RATE = {UnitKind.URBAN: 5_000, UnitKind.RURAL: 3_000}
values = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100) | st.sampled_from(
    [Decimal(text) for text in ("7230.00", "7230.01", "12050.00", "12050.01", "0.00", "50000.00")]
)
holder_classes = st.sampled_from(
    [
        (),
        ("NATURAL",),
        ("PUBLIC",),
        ("PUBLIC", "PUBLIC"),
        ("PUBLIC", "NATURAL"),
        ("COMMUNE",),
        ("NATURAL", "COMMUNE"),
        ("PUBLIC", "COMMUNE"),
    ]
)


@dataclass(frozen=True)
class Table:
    """A rate table as texts."""

    mode: str
    bands: tuple[tuple[str, str], ...]


@st.composite
def tables(draw: st.DrawFn, kind: UnitKind) -> Table:
    """A lawful table: starts rising from 0, rates not falling, inside the band."""
    mode = draw(st.sampled_from(["FLAT", "BRACKET", "MARGINAL"]))
    size = 1 if mode == "FLAT" else draw(st.integers(1, 5))
    starts = sorted(draw(st.sets(st.integers(1, 10**8), min_size=size - 1, max_size=size - 1)))
    rates = sorted(
        draw(st.lists(st.integers(250, HIGHEST_RATE[kind]), min_size=size, max_size=size))
    )
    bands = zip([0, *starts], rates, strict=True)
    return Table(
        mode, tuple((str(Decimal(start) / 100), str(Decimal(rate) / 1000)) for start, rate in bands)
    )

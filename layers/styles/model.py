"""How a layer looks, said once: every renderer (Mapnik today) and every legend translates these records.

Sizes are CSS pixels of 0.28 mm, colours `#rrggbb`, scales denominators as in 1 : 25,000.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fill:
    color: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Hatch:
    """Parallel strokes rising to the right, `gap` pixels apart."""

    color: str
    width: float = 1.0
    gap: int = 6
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    color: str
    width: float = 1.0
    opacity: float = 1.0
    dash: tuple[float, ...] = ()
    width_field: str = ""  # metres on the ground; `width` is then the least width in pixels
    widen: float = 0.0  # pixels added on the whole, for a casing under a line


@dataclass(frozen=True, slots=True)
class Label:
    """Text inside an area or along a line, between 1 : `min_scale` and 1 : `max_scale` (0 = open)."""

    field: str
    size: float = 10.0
    color: str = "#333333"
    halo: float = 1.2
    min_scale: float = 0.0
    max_scale: float = 0.0
    along_line: bool = False
    is_bold: bool = False
    shorten: tuple[str, ...] = ()  # regular expression and what replaces it: part of a long key
    wrap_width: int = 0


Symbol = Fill | Hatch | Line | Label


@dataclass(frozen=True, slots=True)
class Condition:
    """`field` equals one of `values`, or lies in [`at_least`, `below`). All that is given must hold."""

    field: str
    values: tuple[str, ...] = ()
    at_least: float | None = None
    below: float | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Symbols for the features that meet all conditions, between 1 : `min_scale` and 1 : `max_scale` (0 = open)."""

    title_es: str
    title_en: str
    symbols: tuple[Symbol, ...]
    conditions: tuple[Condition, ...] = ()
    min_scale: float = 0.0
    max_scale: float = 0.0
    in_legend: bool = True

    def applies_at(self, scale: float) -> bool:
        return scale >= self.min_scale and (not self.max_scale or scale < self.max_scale)


@dataclass(frozen=True, slots=True)
class Style:
    """A named look of one layer. `passes` are drawn one over the other: casings lie below all fillings."""

    layer: str
    name: str
    title_es: str
    title_en: str
    passes: tuple[tuple[Rule, ...], ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for one_pass in self.passes for rule in one_pass)

    @property
    def max_scale(self) -> float:
        """The denominator beyond which nothing is drawn; 0 when there is none."""
        ends = [rule.max_scale for rule in self.rules]
        return 0.0 if 0.0 in ends else max(ends)

    def is_drawn_at(self, scale: float) -> bool:
        return any(rule.applies_at(scale) for rule in self.rules)

    def has_labels_at(self, scale: float) -> bool:
        return any(
            isinstance(symbol, Label)
            and scale >= symbol.min_scale
            and (not symbol.max_scale or scale < symbol.max_scale)
            for rule in self.rules
            if rule.applies_at(scale)
            for symbol in rule.symbols
        )

    @property
    def field_names(self) -> frozenset[str]:
        """The columns that conditions, widths and labels read."""
        names = {condition.field for rule in self.rules for condition in rule.conditions}
        for rule in self.rules:
            for symbol in rule.symbols:
                if isinstance(symbol, Label):
                    names.add(symbol.field)
                elif isinstance(symbol, Line) and symbol.width_field:
                    names.add(symbol.width_field)
        return frozenset(names)

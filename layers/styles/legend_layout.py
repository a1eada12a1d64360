"""How large a legend is, known without drawing it: capabilities tell it to clients."""

from dataclasses import dataclass

from layers.styles.model import Rule, Style

ROW_PX = 22
SWATCH_PX = (26, 16)
MARGIN_PX = 4
CHARACTER_PX = 7.5


@dataclass(frozen=True, slots=True)
class LegendLayout:
    rules: tuple[Rule, ...]
    titles: tuple[str, ...]

    @property
    def width(self) -> int:
        longest = max(map(len, self.titles), default=0)
        return round(SWATCH_PX[0] + 3 * MARGIN_PX + longest * CHARACTER_PX)

    @property
    def height(self) -> int:
        return ROW_PX * max(len(self.rules), 1) + MARGIN_PX


def legend_layout(style: Style, *, language: str, scale: float | None = None) -> LegendLayout:
    """One row for each explained rule; `scale` leaves out what is not drawn there."""
    rules = tuple(
        rule for rule in style.rules if rule.in_legend and (scale is None or rule.applies_at(scale))
    )
    titles = tuple(rule.title_en if language == "en" else rule.title_es for rule in rules)
    return LegendLayout(rules, titles)

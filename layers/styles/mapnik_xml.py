"""One style model in Mapnik's own words.

Only values of our records are written: texts are escaped, numbers are formatted here, and fields were checked
against the catalogue when the style was read.
"""

from xml.sax.saxutils import quoteattr

from layers.styles.model import Condition, Fill, Hatch, Label, Line, Rule, Style, Symbol

FONT = "DejaVu Sans Book"
BOLD_FONT = "DejaVu Sans Bold"
_HAIRLINE_PX = 1.2


def shape_style_names(style: Style) -> list[str]:
    """Names of the Mapnik styles that draw the shapes, in drawing order."""
    return [_name(style, number) for number, rules in enumerate(style.passes) if _shapes(rules)]


def label_style_names(style: Style) -> list[str]:
    """Names of those that write: they belong above the shapes of all layers."""
    return [
        f"{_name(style, number)}.labels"
        for number, rules in enumerate(style.passes)
        if _labels(rules)
    ]


def mapnik_styles(style: Style, *, hatch_images: dict[Hatch, str]) -> str:
    """`<Style>` elements, one for the shapes and one for the labels of each pass.

    `hatch_images` holds an image file for each hatch of the style.
    """
    parts = []
    for number, rules in enumerate(style.passes):
        for name, body in (
            (_name(style, number), "".join(_rule(*each, hatch_images) for each in _shapes(rules))),
            (
                f"{_name(style, number)}.labels",
                "".join(_rule(*each, hatch_images) for each in _labels(rules)),
            ),
        ):
            if body:
                parts.append(f"<Style name={quoteattr(name)} filter-mode='all'>{body}</Style>")
    return "".join(parts)


def _name(style: Style, number: int) -> str:
    return f"{style.layer}.{style.name}.{number}"


def symbolizers(symbols: tuple[Symbol, ...], *, hatch_images: dict[Hatch, str]) -> str:
    return "".join(_symbolizer(symbol, hatch_images) for symbol in symbols)


Part = tuple[Rule, tuple[Symbol, ...], tuple[float, float]]


def _shapes(rules: tuple[Rule, ...]) -> list[Part]:
    parts: list[Part] = []
    for rule in rules:
        if symbols := tuple(s for s in rule.symbols if not isinstance(s, Label)):
            parts.append((rule, symbols, (rule.min_scale, rule.max_scale)))
    return parts


def _labels(rules: tuple[Rule, ...]) -> list[Part]:
    """A rule for each label, because a Mapnik rule has one range of scales and labels have their own."""
    parts: list[Part] = []
    for rule in rules:
        for label in rule.symbols:
            if isinstance(label, Label):
                ends = [end for end in (label.max_scale, rule.max_scale) if end]
                between = max(label.min_scale, rule.min_scale), min(ends, default=0.0)
                parts.append((rule, (label,), between))
    return parts


def _rule(
    rule: Rule,
    symbols: tuple[Symbol, ...],
    between: tuple[float, float],
    hatch_images: dict[Hatch, str],
) -> str:
    min_scale, max_scale = between
    parts = ["<Rule>"]
    if rule.conditions:
        parts.append(
            f"<Filter>{_escaped(' and '.join(map(_expression, rule.conditions)))}</Filter>"
        )
    if min_scale:
        parts.append(f"<MinScaleDenominator>{min_scale:.0f}</MinScaleDenominator>")
    if max_scale:
        parts.append(f"<MaxScaleDenominator>{max_scale:.0f}</MaxScaleDenominator>")
    parts.append(symbolizers(symbols, hatch_images=hatch_images))
    parts.append("</Rule>")
    return "".join(parts)


def _expression(condition: Condition) -> str:
    field = f"[{condition.field}]"
    parts = []
    if condition.values:
        quoted = (value.replace("\\", "").replace("'", "") for value in condition.values)
        parts.append("(" + " or ".join(f"{field} = '{value}'" for value in quoted) + ")")
    if condition.at_least is not None:
        parts.append(f"{field} >= {condition.at_least!r}")
    if condition.below is not None:
        parts.append(f"{field} < {condition.below!r}")
    return "(" + " and ".join(parts) + ")"


def _symbolizer(symbol: Symbol, hatch_images: dict[Hatch, str]) -> str:
    match symbol:
        case Fill():
            # No gamma: Mapnik computes its table anew for every polygon, which triples the time.
            return f"<PolygonSymbolizer fill='{symbol.color}' fill-opacity='{symbol.opacity}'/>"
        case Hatch():
            image = quoteattr(hatch_images[symbol])
            return f"<PolygonPatternSymbolizer file={image} alignment='global' opacity='{symbol.opacity}'/>"
        case Line():
            return _line(symbol)
        case Label():
            return _label(symbol)


def _line(line: Line) -> str:
    dash = f" stroke-dasharray='{', '.join(map(str, line.dash))}'" if line.dash else ""
    width = str(line.width + line.widen)
    if line.width_field:
        # Metres become pixels of 0.28 mm; the least width keeps far roads visible. Mapnik does not see that a
        # column stands inside max(), so it stands outside as well, times nothing.
        field = f"[{line.width_field}]"
        width = f"max({line.width}, {field} * 1000 / 0.28 / @scale) + {line.widen} + 0 * {field}"
    # Round corners cost a sixth of the time of a parcel map and cannot be seen on a hairline.
    is_hairline = line.width <= _HAIRLINE_PX and not line.width_field
    corners = "" if is_hairline else " stroke-linejoin='round' stroke-linecap='round'"
    return (
        f"<LineSymbolizer stroke='{line.color}' stroke-width={quoteattr(width)}"
        f" stroke-opacity='{line.opacity}'{corners}{dash}/>"
    )


def _label(label: Label) -> str:
    field = f"[{label.field}]"
    if label.shorten:
        pattern, replacement = label.shorten
        field += f".replace('{pattern}', '{replacement}')"
    placement = "line" if label.along_line else "interior"
    more = " spacing='320' max-char-angle-delta='25'" if label.along_line else ""
    if label.wrap_width:
        more += f" wrap-width='{label.wrap_width}'"
    return (
        f"<TextSymbolizer face-name='{BOLD_FONT if label.is_bold else FONT}' size='{label.size}'"
        f" fill='{label.color}' halo-fill='#ffffff' halo-radius='{label.halo}' halo-opacity='0.85'"
        f" placement='{placement}' clip='false' minimum-padding='2'{more}>{_escaped(field)}</TextSymbolizer>"
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

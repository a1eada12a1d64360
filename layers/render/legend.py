"""Legends and written pictures: the same symbols, drawn on a canvas whose unit is the pixel."""

import csv
import io

from layers.catalogue import layer_named
from layers.render.encoding import encode
from layers.render.hatches import hatch_images
from layers.render.jobs import Canvas, LegendJob, MessageJob
from layers.render.mapnik_library import mapnik, own_environment
from layers.styles.legend_layout import (
    CHARACTER_PX,
    MARGIN_PX,
    ROW_PX,
    SWATCH_PX,
    legend_layout,
)
from layers.styles.mapnik_xml import FONT, symbolizers
from layers.styles.model import Label, Line, Rule, Style, Symbol
from layers.styles.reading import style_named

_MESSAGE_SIZE = 12


def draw_legend(job: LegendJob) -> bytes:
    """A row for each explained rule: its symbols and its title. The canvas grows to hold them."""
    style = style_named(job.layer, job.style)
    layout = legend_layout(style, language=job.language, scale=job.scale)
    canvas = Canvas(
        width=layout.width,
        height=layout.height,
        format=job.canvas.format,
        is_transparent=job.canvas.is_transparent,
        background=job.canvas.background,
    )
    layers = []
    for row, (rule, title) in enumerate(zip(layout.rules, layout.titles, strict=True)):
        top = canvas.height - MARGIN_PX - row * ROW_PX
        symbols = _symbols_with(rule, style, job.scale if job.scale is not None else rule.min_scale)
        layers.append(_swatch(symbols, style, top))
        layers.append(_text(title, SWATCH_PX[0] + 2 * MARGIN_PX, top - ROW_PX / 2))
    return _draw(canvas, layers)


def draw_message(job: MessageJob) -> bytes:
    """The text from the upper left corner, broken into lines; an empty text gives an empty picture."""
    characters = max(int((job.canvas.width - 2 * MARGIN_PX) / CHARACTER_PX), 1)
    lines = _wrapped(job.text, characters)
    top = job.canvas.height - MARGIN_PX - _MESSAGE_SIZE
    layers = [_text(line, MARGIN_PX, top - ROW_PX * row) for row, line in enumerate(lines)]
    return _draw(job.canvas, layers)


def _wrapped(text: str, characters: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= characters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _symbols_with(rule: Rule, style: Style, scale: float) -> tuple[Symbol, ...]:
    """The rule's symbols with the casings and outlines that other passes give to every feature."""
    drawn: list[Symbol] = []
    for one_pass in style.passes:
        everywhere = [r for r in one_pass if not r.conditions and not r.in_legend]
        rules = [rule] if rule in one_pass else [r for r in everywhere if r.applies_at(scale)]
        drawn += [symbol for r in rules for symbol in r.symbols if not isinstance(symbol, Label)]
    return tuple(map(_plain, drawn))


def _swatch(symbols: tuple[Symbol, ...], style: Style, top: float) -> tuple[str, str, str]:
    left, right = MARGIN_PX, MARGIN_PX + SWATCH_PX[0]
    bottom = top - SWATCH_PX[1]
    if "LineString" in layer_named(style.layer).geometry_type:
        middle = (top + bottom) / 2
        wkt = f"LINESTRING({left} {middle},{right} {middle})"
    else:
        ring = f"{left} {bottom},{right} {bottom},{right} {top},{left} {top},{left} {bottom}"
        wkt = f"POLYGON(({ring}))"
    return symbolizers(symbols, hatch_images=hatch_images(style)), "", wkt


def _plain(symbol: Symbol) -> Symbol:
    """A line as wide as on the ground has no ground here."""
    if isinstance(symbol, Line) and symbol.width_field:
        return Line(color=symbol.color, width=6.0, widen=symbol.widen)
    return symbol


def _text(text: str, x: float, y: float) -> tuple[str, str, str]:
    symbolizer = (
        f"<TextSymbolizer face-name='{FONT}' size='{_MESSAGE_SIZE}' fill='#333333' halo-fill='#ffffff'"
        " halo-radius='1' horizontal-alignment='right' allow-overlap='true' avoid-edges='false'"
        " dx='1'>[text]</TextSymbolizer>"
    )
    return symbolizer, text, f"POINT({x} {y})"


def _draw(canvas: Canvas, layers: list[tuple[str, str, str]]) -> bytes:
    with own_environment():
        styles = "".join(
            f"<Style name='s{number}'><Rule>{symbols}</Rule></Style>"
            for number, (symbols, _, _) in enumerate(layers)
        )
        drawn = mapnik.Map(canvas.width, canvas.height)
        mapnik.load_map_from_string(drawn, f"<Map srs='epsg:32717'>{styles}</Map>")
        for number, (_, text, wkt) in enumerate(layers):
            layer = mapnik.Layer(f"l{number}", "epsg:32717")
            layer.datasource = mapnik.Datasource(type="csv", inline=_csv(text, wkt))
            layer.styles.append(f"s{number}")
            drawn.layers.append(layer)
        drawn.zoom_to_box(mapnik.Box2d(0, 0, canvas.width, canvas.height))
        image = mapnik.Image(canvas.width, canvas.height)
        if not canvas.is_transparent:
            image.fill(mapnik.Color(canvas.background))
        mapnik.render(drawn, image)
    return encode(image, canvas)


def _csv(text: str, wkt: str) -> str:
    table = io.StringIO()
    csv.writer(table, quoting=csv.QUOTE_ALL).writerows([["text", "wkt"], [text or " ", wkt]])
    return table.getvalue()

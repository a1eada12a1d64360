"""The styles that ship: one TOML file a layer in this folder, read once and checked against the catalogue.

A file holds `[[style]]` tables (the first is the default one); each has `[[style.pass]]` with `[[style.pass.rule]]`;
a rule has `fill`, `hatch`, `line`, `label` (a table or a list of tables) drawn in this order.
"""

import re
import tomllib
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from layers.catalogue import layer_named
from layers.styles.model import Condition, Fill, Hatch, Label, Line, Rule, Style, Symbol

_FOLDER = Path(__file__).parent
_SYMBOLS: dict[str, type] = {"fill": Fill, "hatch": Hatch, "line": Line, "label": Label}
_COLOR = re.compile(r"#[0-9a-f]{6}")


class BadStyle(Exception):
    """A style file says something that cannot be drawn; the message names file and word."""


class UnknownStyle(Exception):
    """The layer has no style of that name."""


@cache
def styles_of(layer: str) -> tuple[Style, ...]:
    """The layer's styles, its default one first."""
    return parse_styles(layer, (_FOLDER / f"{layer}.toml").read_text(encoding="utf-8"))


def default_style(layer: str) -> Style:
    return styles_of(layer)[0]


def style_named(layer: str, name: str) -> Style:
    """The layer's style of that name; UnknownStyle otherwise."""
    for style in styles_of(layer):
        if style.name == name:
            return style
    raise UnknownStyle(f"{layer}: {name}")


def parse_styles(layer: str, text: str) -> tuple[Style, ...]:
    """The styles that a TOML text defines for a layer of the catalogue; BadStyle when it cannot be drawn."""
    allowed = set(layer_named(layer).field_names)
    styles = tuple(_style(layer, table) for table in tomllib.loads(text)["style"])
    for style in styles:
        if unknown := style.field_names - allowed:
            raise BadStyle(f"{layer}/{style.name}: fields not published: {sorted(unknown)}")
    return styles


def _style(layer: str, table: dict[str, Any]) -> Style:
    return Style(
        layer=layer,
        name=table["name"],
        title_es=table["title_es"],
        title_en=table["title_en"],
        passes=tuple(
            tuple(_rule(layer, rule) for rule in one_pass["rule"]) for one_pass in table["pass"]
        ),
    )


def _rule(layer: str, table: dict[str, Any]) -> Rule:
    symbols: list[Symbol] = []
    for name, kind in _SYMBOLS.items():
        found = table.get(name, [])
        for values in found if isinstance(found, list) else [found]:
            symbols.append(_record(layer, kind, values))
    known = {field.name for field in fields(Rule)} | set(_SYMBOLS) | {"when"}
    if unknown := set(table) - known:
        raise BadStyle(f"{layer}: unknown words in a rule: {sorted(unknown)}")
    return Rule(
        title_es=table.get("title_es", ""),
        title_en=table.get("title_en", ""),
        symbols=tuple(symbols),
        conditions=tuple(_record(layer, Condition, values) for values in table.get("when", [])),
        min_scale=float(table.get("min_scale", 0)),
        max_scale=float(table.get("max_scale", 0)),
        in_legend=bool(table.get("in_legend", bool(table.get("title_es")))),
    )


def _record(layer: str, kind: type, values: dict[str, Any]) -> Any:
    known = {field.name for field in fields(kind)}
    if unknown := set(values) - known:
        raise BadStyle(f"{layer}: {kind.__name__} has no {sorted(unknown)}")
    color = values.get("color")
    if color is not None and not _COLOR.fullmatch(color):
        raise BadStyle(f"{layer}: «{color}» is not a colour like #1a2b3c")
    frozen = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    return kind(**frozen)

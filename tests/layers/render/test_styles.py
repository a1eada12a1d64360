"""The styles that ship, and what a style file may say."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from layers.catalogue import LAYERS
from layers.styles.legend_layout import legend_layout
from layers.styles.mapnik_xml import label_style_names, mapnik_styles, shape_style_names
from layers.styles.model import Hatch
from layers.styles.reading import BadStyle, UnknownStyle, parse_styles, style_named, styles_of

EVERY_STYLE = [style for layer in LAYERS for style in styles_of(layer.name)]


def text(**symbols):
    body = "\n".join(f"{name} = {value}" for name, value in symbols.items())
    return (
        '[[style]]\nname = "x"\ntitle_es = "x"\ntitle_en = "x"\n'
        f"[[style.pass]]\n[[style.pass.rule]]\n{body}\n"
    )


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_every_layer_has_a_default_style_and_an_explained_symbol(layer):
    styles = styles_of(layer.name)
    assert styles[0].name == "default"
    assert len({style.name for style in styles}) == len(styles)
    for language in ("es", "en"):
        layout = legend_layout(styles[0], language=language)
        assert layout.titles
        assert all(layout.titles)


@pytest.mark.parametrize("style", EVERY_STYLE, ids=lambda style: f"{style.layer}-{style.name}")
def test_mapnik_gets_well_formed_words(style):
    hatches = {s: "x.svg" for rule in style.rules for s in rule.symbols if isinstance(s, Hatch)}
    root = ElementTree.fromstring(f"<Map>{mapnik_styles(style, hatch_images=hatches)}</Map>")
    names = [each.get("name") for each in root]
    assert len(set(names)) == len(names)
    assert set(names) == {*shape_style_names(style), *label_style_names(style)}
    writes = {each.get("name") for each in root if each.find(".//TextSymbolizer") is not None}
    assert writes == set(label_style_names(style))


def test_land_values_have_one_class_each():
    """Classes meet without gap and overlap: a value of 25 USD/m² belongs to exactly one."""
    style = style_named("land_value_zones", "default")
    for kind in ("URBAN", "RURAL"):
        conditions = [
            rule.conditions[1] for rule in style.passes[0] if kind in rule.conditions[0].values
        ]
        assert conditions[0].at_least is None
        assert conditions[-1].below is None
        pairs = pairwise(conditions)
        assert all(lower.below == upper.at_least for lower, upper in pairs)


def test_a_label_counts_between_its_scales():
    style = style_named("parcels", "default")
    assert style.has_labels_at(1000)
    assert not style.has_labels_at(5000)
    assert not style.is_drawn_at(2_000_000)


@pytest.mark.parametrize(
    "symbols",
    [
        {"label": '{ field = "owner" }'},
        {"when": '[{ field = "secret", values = ["A"] }]', "fill": '{ color = "#ffffff" }'},
        {"fill": '{ color = "red" }'},
        {"fill": '{ color = "#fff\'/>" }'},
        {"fill": '{ color = "#ffffff", file = "/etc/passwd" }'},
        {"script": '"x"'},
    ],
)
def test_a_style_reads_published_fields_and_draws_with_known_symbols(symbols):
    with pytest.raises(BadStyle):
        parse_styles("parcels", text(**symbols))


def test_an_unknown_style_is_said_so():
    with pytest.raises(UnknownStyle):
        style_named("parcels", "nothing")

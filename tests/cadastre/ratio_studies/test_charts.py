"""Pictures are well-formed, say what they show, and hold no word that was not escaped."""

from xml.etree import ElementTree

import pytest

from cadastre.ratio_studies.charts import Words, histogram, scatter

WORDS = Words("<b>Razones</b>", "a & b", "razón", "ventas")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("ratios", [[0.9], [0.8, 0.9, 1.1], [1.0] * 50])
def test_a_histogram_has_a_bar_for_each_class_and_counts_all(ratios):
    drawn = ElementTree.fromstring(histogram(ratios, WORDS, marks={"mediana": ratios[0]}))
    assert len(drawn.findall(f"{SVG}rect")) == 24
    assert drawn.findtext(f"{SVG}title") == "<b>Razones</b>"
    assert drawn.findtext(f"{SVG}desc") == "a & b"
    assert all(float(bar.get("height", "-1")) >= 0 for bar in drawn.findall(f"{SVG}rect"))


@pytest.mark.parametrize("count", [1, 30, 5_000])
def test_a_scatter_thins_its_points_evenly(count):
    prices = [20_000.0 + 10 * n for n in range(count)]
    ratios = [0.7 + (n % 7) / 10 for n in range(count)]
    drawn = ElementTree.fromstring(scatter(prices, ratios, WORDS, level=0.9))
    assert 0 < len(drawn.findall(f"{SVG}circle")) <= 2_000

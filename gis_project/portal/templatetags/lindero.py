"""Template words of the pages: assets, amounts, areas and described form fields."""

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.forms import BoundField, CheckboxInput, RadioSelect
from django.templatetags.static import static
from django.utils.translation import get_language, gettext

from cadastre.keys.any_key import classify
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.crs import utm_zone_of
from gis_project.core.money import to_cents
from gis_project.portal.assets import hashed_name
from gis_project.portal.line_notes import note_in_words
from gis_project.portal.vocabulary import CODE_WORDS, CONCEPT_WORDS

register = template.Library()

_SPANISH = str.maketrans({",": ".", ".": ","})


def _figures(value: Decimal | float | int, decimals: int) -> str:
    """Grouped figures half up: ``1.234,5`` in Spanish, as Ecuador writes them, and ``1,234.5`` in English."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{exact:,f}"
    return text.translate(_SPANISH) if get_language() == "es" else text


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file by its plain name: ``page.css``, ``page.js``, ``map.js``, an image."""
    return static(f"dist/{hashed_name(name)}")


@register.filter
def usd(amount: Decimal | None) -> str:
    """Dollars in the reader's language: ``$ 1.234,56`` in Spanish, ``$1,234.56`` in English; nothing for None."""
    if amount is None:
        return ""
    cents = to_cents(amount)
    sign = "-" if cents < 0 else ""
    space = "\u00a0" if get_language() == "es" else ""
    return f"{sign}${space}{_figures(abs(cents), 2)}"


@register.filter
def number(value: Decimal | float | int | None, decimals: int = 0) -> str:
    """``value`` with grouped thousands and ``decimals`` places in the reader's language."""
    return "" if value is None else _figures(value, decimals)


@register.filter
def percent(share: Decimal | None, decimals: int = 2) -> str:
    """A share of one as a percentage: ``12,5000 %``."""
    return "" if share is None else f"{_figures(share * 100, decimals)}\u00a0%"


@register.filter
def utm_zone(srid: int) -> int:
    """The UTM zone of a legal CRS: 17 or 18."""
    return utm_zone_of(srid)


@register.filter
def pretty_key(key: str | None) -> str:
    """A national key in its groups, as cards and plans print it; other keys as they are written."""
    national = classify(key).national if key else None
    return national.pretty if national else key or "–"


@register.filter
def square_metres(area_m2: Decimal | float | None) -> str:
    """An area as people say it: m² with two decimals below a hectare, with the hectares beside it above."""
    if area_m2 is None:
        return ""
    metres = f"{_figures(area_m2, 2)}\u00a0m²"
    if area_m2 < 10_000:
        return metres
    hectares = _figures(Decimal(str(area_m2)) / 10_000, 4)
    return f"{metres} ({hectares}\u00a0ha)"


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_radio(field: BoundField) -> bool:
    return isinstance(field.field.widget, RadioSelect)


@register.filter
def described(field: BoundField) -> str:
    """The field's control, tied to its hint and its errors for screen readers."""
    told_by = [f"{field.id_for_label}_hint"] if field.help_text else []
    attributes: dict[str, str | bool] = {}
    if field.errors:
        told_by.append(f"{field.id_for_label}_error")
        attributes["aria-invalid"] = "true"
    if told_by:
        attributes["aria-describedby"] = " ".join(told_by)
    return field.as_widget(attrs=attributes)


@register.filter
def line_label(line: Line) -> str:
    """The name of an explained line in the reader's language; the law files hold the Spanish one."""
    return str(CONCEPT_WORDS.get(line.concept, line.label_es))


@register.filter
def line_note(line: Line) -> str:
    """The note of a line in the reader's language."""
    return note_in_words(line.note)


@register.filter
def line_base(line: Line) -> str:
    """The base of a line: dollars, or square metres where the rate is a price of ground."""
    if line.children or line.rate_unit in (RateUnit.USD, RateUnit.FACTOR):
        return ""
    if line.rate_unit in (RateUnit.USD_PER_M2, RateUnit.USD_PER_HA):
        return f"{_figures(line.base, 2)}\u00a0m²"
    return usd(line.base)


@register.filter
def line_rate(line: Line) -> str:
    """The rate of a line with its unit: ``0,72 ‰``, ``10 %``, ``$ 35,00 por m²``."""
    if line.children:
        return ""
    plain = _figures(line.rate, max(0, -int(line.rate.normalize().as_tuple().exponent)))
    told = {
        RateUnit.PER_MILLE: f"{plain}\u00a0‰",
        RateUnit.PERCENT: f"{plain}\u00a0%",
        RateUnit.FACTOR: f"×\u00a0{plain}",
        RateUnit.USD_PER_M2: gettext("$ %s por m²") % plain,
        RateUnit.USD_PER_HA: gettext("$ %s por ha") % plain,
    }
    return told.get(RateUnit(line.rate_unit), "")


@register.filter
def code_word(code: str) -> str:
    """A stored code as a word for people; an unknown code is shown as it is."""
    return str(CODE_WORDS.get(code, code))


@register.filter
def masked(document: str) -> str:
    """A document's last three figures, enough to tell namesakes apart at a counter."""
    return "•" * max(len(document) - 3, 0) + document[-3:]

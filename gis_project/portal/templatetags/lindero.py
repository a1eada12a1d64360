"""Template words of the pages: assets, amounts, areas and described form fields."""

from decimal import Decimal

from django import template
from django.forms import BoundField, CheckboxInput
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext

from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import to_cents
from gis_project.portal.assets import hashed_name

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file by its plain name: ``page.css``, ``page.js``, ``map.js``, an image."""
    return static(f"dist/{hashed_name(name)}")


@register.filter
def usd(amount: Decimal | None) -> str:
    """Dollars in the reader's language: ``$ 1.234,56`` in Spanish, ``$1,234.56`` in English; nothing for None."""
    if amount is None:
        return ""
    figures = number_format(to_cents(amount), 2, force_grouping=True)
    return f"$\u00a0{figures}" if get_language() == "es" else f"${figures}"


@register.filter
def number(value: Decimal | float | int | None, decimals: int = 0) -> str:
    """``value`` with grouped thousands and ``decimals`` places in the reader's language."""
    return "" if value is None else number_format(value, decimals, force_grouping=True)


@register.filter
def square_metres(area_m2: Decimal | float | None) -> str:
    """An area as people say it: m² with two decimals below a hectare, with the hectares beside it above."""
    if area_m2 is None:
        return ""
    metres = f"{number_format(area_m2, 2, force_grouping=True)}\u00a0m²"
    if area_m2 < 10_000:
        return metres
    hectares = number_format(Decimal(str(area_m2)) / 10_000, 4, force_grouping=True)
    return f"{metres} ({hectares}\u00a0ha)"


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def described(field: BoundField) -> str:
    """The field's control, tied to its hint and its errors for screen readers."""
    told_by = [f"{field.id_for_label}_hint"] if field.help_text else []
    attributes = {}
    if field.errors:
        told_by.append(f"{field.id_for_label}_error")
        attributes["aria-invalid"] = "true"
    if told_by:
        attributes["aria-describedby"] = " ".join(told_by)
    return field.as_widget(attrs=attributes)


@register.filter
def line_label(line: Line) -> str:
    """The name of an explained line in the reader's language; the law files hold the Spanish one."""
    return gettext(line.label_es)


@register.filter
def line_base(line: Line) -> str:
    """The base of a line: dollars, or square metres where the rate is a price of ground."""
    if line.children or line.rate_unit in (RateUnit.USD, RateUnit.FACTOR):
        return ""
    if line.rate_unit in (RateUnit.USD_PER_M2, RateUnit.USD_PER_HA):
        return f"{number_format(line.base, 2, force_grouping=True)}\u00a0m²"
    return usd(line.base)


@register.filter
def line_rate(line: Line) -> str:
    """The rate of a line with its unit: ``0,72 ‰``, ``10 %``, ``$ 35,00 por m²``."""
    if line.children:
        return ""
    plain = number_format(line.rate.normalize(), force_grouping=True)
    told = {
        RateUnit.PER_MILLE: f"{plain}\u00a0‰",
        RateUnit.PERCENT: f"{plain}\u00a0%",
        RateUnit.FACTOR: f"×\u00a0{plain}",
        RateUnit.USD_PER_M2: gettext("$ %s por m²") % plain,
        RateUnit.USD_PER_HA: gettext("$ %s por ha") % plain,
    }
    return told.get(RateUnit(line.rate_unit), "")

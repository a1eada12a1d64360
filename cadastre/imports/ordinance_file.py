"""An ordinance as its TOML file or its sheets tell it: read whole, checked member by member, nothing guessed.

``fixtures/ordinances/template.toml`` explains every member. What the numbers mean together (bands in
order, national limits) is judged by the valuation and taxation rules, not here.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cadastre.imports.toml_members import Path, TomlMembers, lines_of_members, place_of
from gis_project.core.errors import InvalidInput

KINDS = ("URBAN", "RURAL")
TAXED_AREAS = ("LEGAL", "TITLED", "LOWER_OF_BOTH")
RATE_MODES = ("FLAT", "BRACKET", "MARGINAL")
SBU_YEARS = ("SAME", "PREVIOUS")

_TOP = ("number", "title", "gazette", "valid_from", "valid_until", "parameters")
_ROWS = ("building_cost", "land_value", "land_price")
_PARAMETERS = (
    *("taxed_area", "area_tolerance_pct", "use_migrated_values", "urban_rates", "rural_rates"),
    *("emission_fee", "sbu_year", "rural_follows_art_512"),
    *("land_value_article", "building_value_article"),
)
# Their shape is judged by the rules that read them (cadastre/valuation/methods.py, local_taxes.py).
_OPTIONAL = (
    *("valuation", "accumulation", "applied_taxes", "mortgage_percent", "elderly_test"),
    *("exemptions", "service_charges", "accounts"),
)
LEVELS = ("UNIT", "AXIS", "BLOCK", "ZONE", "SECTOR")
_MOST_YEARS = 500


class InvalidOrdinanceFile(InvalidInput):
    """The file lacks a member or has one that cannot be read: correct the line that is named."""

    code = "invalid_ordinance_file"


@dataclass(frozen=True, slots=True)
class CostRow:
    """The cost of a structure: dollars per m², useful life in years, residual value in per cent."""

    structure: str
    cost_per_m2: Decimal
    useful_life_years: int
    residual_pct: Decimal


@dataclass(frozen=True, slots=True)
class LandValueRow:
    """The unit value of the zones of one code: dollars per m² (URBAN) or per hectare (RURAL)."""

    code: str
    kind: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class LandPriceRow:
    """A price by level; ``typical`` are the measures of the typical lot, ``reason`` why a predio is an exception."""

    kind: str
    level: str
    code: str
    value: Decimal | None
    typical: dict[str, str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinanceFile:
    """What the file says. ``ends_before`` is the first day that it no longer rules (None: open).

    ``parameters`` has the shape that ``cadastre.valuation.ordinance`` reads.
    """

    name: str
    number: str
    title: str
    gazette: str
    valid_from: date
    ends_before: date | None
    parameters: dict[str, Any]
    building_costs: tuple[CostRow, ...]
    land_values: tuple[LandValueRow, ...]
    lines: dict[Path, int]
    land_prices: tuple[LandPriceRow, ...] = ()

    def place_of(self, *path: str | int) -> str:
        """File, line and member, to begin a refusal with."""
        return place_of(path, name=self.name, lines=self.lines)


def ordinance_file(text: str, *, name: str) -> OrdinanceFile:
    """The ordinance in ``text``; ``name`` is the file's, for messages. InvalidOrdinanceFile."""
    try:
        told = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise InvalidOrdinanceFile(
            f"{name} no es TOML válido ({error}): revise comillas, corchetes y signos «=» de esa línea."
        ) from error
    return told_ordinance(told, name=name, lines=lines_of_members(text))


def told_ordinance(told: dict[str, Any], *, name: str, lines: dict[Path, int]) -> OrdinanceFile:
    """The ordinance of these members, however they were read; ``lines`` tells where each stands."""
    reader = TomlMembers(name, told, lines, InvalidOrdinanceFile)
    reader.only((), (*_TOP, *_ROWS))
    starts, last = reader.day("valid_from"), reader.day("valid_until", is_needed=False)
    if starts is None:
        raise reader.refusal(("valid_from",), "falta.")
    if last is not None and last < starts:
        raise reader.refusal(("valid_until",), "es anterior a valid_from.")
    return OrdinanceFile(
        name=name,
        number=reader.text("number", most=60),
        title=reader.text("title", most=300),
        gazette=reader.text("gazette", most=200, is_needed=False),
        valid_from=starts,
        ends_before=last + timedelta(days=1) if last is not None else None,
        parameters=_parameters(reader),
        building_costs=_building_costs(reader),
        land_values=_land_values(reader),
        lines=reader.lines,
        land_prices=_land_prices(reader),
    )


def _parameters(reader: TomlMembers) -> dict[str, Any]:
    top = "parameters"
    reader.only((top,), (*_PARAMETERS, *_OPTIONAL))
    optional = {
        name: _plain(reader, (top, name), value)
        for name in _OPTIONAL
        if (value := reader.value(top, name, is_needed=False)) is not None
    }
    return optional | {
        "taxed_area": reader.word(top, "taxed_area", words=TAXED_AREAS),
        "area_tolerance_pct": reader.number(top, "area_tolerance_pct", is_needed=False) or None,
        "use_migrated_values": reader.flag(top, "use_migrated_values"),
        "urban_rates": _rates(reader, top, "urban_rates"),
        "rural_rates": _rates(reader, top, "rural_rates"),
        "emission_fee": _fee(reader, top, "emission_fee"),
        "sbu_year": reader.word(top, "sbu_year", words=SBU_YEARS),
        "rural_follows_art_512": reader.flag(top, "rural_follows_art_512"),
        "land_value_article": reader.text(top, "land_value_article", most=30),
        "building_value_article": reader.text(top, "building_value_article", most=30),
    }


def _rates(reader: TomlMembers, *path: str | int) -> dict[str, Any]:
    reader.only(path, ("mode", "article", "bands"))
    mode = reader.word(*path, "mode", words=RATE_MODES)
    article = reader.text(*path, "article", most=30)
    bands = []
    for row in range(reader.rows(*path, "bands")):
        place: Path = (*path, "bands", row)
        reader.only(place, ("from", "rate_per_mille"))
        bands.append(
            {
                "from": reader.number(*place, "from"),
                "rate_per_mille": reader.number(*place, "rate_per_mille"),
            }
        )
    return {"mode": mode, "article": article, "bands": bands}


def _fee(reader: TomlMembers, *path: str) -> dict[str, str]:
    reader.only(path, ("amount", "article"))
    return {
        "amount": reader.number(*path, "amount", decimals=2),
        "article": reader.text(*path, "article", most=30),
    }


def _building_costs(reader: TomlMembers) -> tuple[CostRow, ...]:
    top = "building_cost"
    costs: dict[str, CostRow] = {}
    for row in range(reader.rows(top, is_needed=False)):
        reader.only((top, row), ("structure", "cost_per_m2", "useful_life_years", "residual_pct"))
        structure = reader.text(top, row, "structure", most=30)
        if structure in costs:
            raise reader.refusal((top, row, "structure"), f"«{structure}» ya está en otra fila.")
        years = reader.value(top, row, "useful_life_years")
        if type(years) is not int or not 1 <= years <= _MOST_YEARS:
            raise reader.refusal(
                (top, row, "useful_life_years"),
                "va en años enteros y sin comillas, por ejemplo 50.",
            )
        residual = Decimal(reader.number(top, row, "residual_pct", decimals=2))
        cost = Decimal(reader.number(top, row, "cost_per_m2"))
        if residual > 100:
            raise reader.refusal((top, row, "residual_pct"), "va de 0 a 100 (por ciento).")
        if not cost:
            raise reader.refusal((top, row, "cost_per_m2"), "debe ser mayor que 0.")
        costs[structure] = CostRow(structure, cost, years, residual)
    return tuple(costs.values())


def _land_values(reader: TomlMembers) -> tuple[LandValueRow, ...]:
    top = "land_value"
    values: dict[str, LandValueRow] = {}
    for row in range(reader.rows(top, is_needed=False)):
        reader.only((top, row), ("code", "kind", "value"))
        code = reader.text(top, row, "code", most=40)
        if code in values:
            raise reader.refusal((top, row, "code"), f"«{code}» ya está en otra fila.")
        kind = reader.word(top, row, "kind", words=KINDS)
        value = Decimal(reader.number(top, row, "value"))
        if not value:
            raise reader.refusal((top, row, "value"), "debe ser mayor que 0.")
        values[code] = LandValueRow(code, kind, value)
    return tuple(values.values())


def _land_prices(reader: TomlMembers) -> tuple[LandPriceRow, ...]:
    top = "land_price"
    prices: dict[tuple[str, str, str], LandPriceRow] = {}
    for row in range(reader.rows(top, is_needed=False)):
        reader.only((top, row), ("kind", "level", "code", "value", "typical", "reason"))
        kind = reader.word(top, row, "kind", words=KINDS)
        level = reader.word(top, row, "level", words=LEVELS)
        code = reader.text(top, row, "code", most=60)
        value = reader.number(top, row, "value", is_needed=level != "ZONE")
        reason = reader.text(top, row, "reason", most=300, is_needed=level == "UNIT")
        if (kind, level, code) in prices:
            raise reader.refusal((top, row, "code"), f"«{code}» ya está en otra fila de su nivel.")
        if value and (level == "ZONE" or not Decimal(value)):
            raise reader.refusal(
                (top, row, "value"), "debe ser mayor que 0; el de una zona va en su plano."
            )
        typical = _plain(
            reader, (top, row, "typical"), reader.value(top, row, "typical", is_needed=False) or {}
        )
        prices[kind, level, code] = LandPriceRow(
            kind, level, code, Decimal(value) if value else None, typical, reason
        )
    return tuple(prices.values())


def _plain(reader: TomlMembers, path: Path, value: Any) -> Any:
    """The member as JSON holds it: texts, whole numbers, yes and no; other numbers go as texts."""
    if isinstance(value, dict):
        return {name: _plain(reader, (*path, name), one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(reader, (*path, row), one) for row, one in enumerate(value)]
    if isinstance(value, str | bool) or type(value) is int:
        return value
    raise reader.refusal(path, f'escriba el número entre comillas: "{value}".')

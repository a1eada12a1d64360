"""The national rules of one tax year, read once from the dated files in ``law/``.

Frozen and small, so that a whole emission shares one and a worker process can be sent it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType

from cadastre.taxation.national_rules import (
    DisabilityRule,
    ElderlyRule,
    GrantedRule,
    MortgageRule,
    PromotionZoneRule,
    UnbuiltLandRule,
    disability_rule,
    elderly_rule,
    granted_rules,
    mortgage_rule,
    promotion_zone_rule,
    unbuilt_land_rule,
)
from cadastre.valuation.facts import UnitKind
from gis_project.core.canonical import sha256_hex
from gis_project.core.errors import InvalidInput
from gis_project.core.law import LawNotInForce, LawParameter, LawValue, load_law_folder

LAW_FOLDER = Path(__file__).parent / "law"


class YearMismatch(InvalidInput):
    """Ordinance, law and tax year are not of the same year: load those of the year asked for."""

    code = "year_mismatch"


@dataclass(frozen=True, slots=True)
class RateBand:
    """The lowest and highest rate that a council may set, in per mille."""

    lowest: Decimal
    highest: Decimal
    citation: str


@dataclass(frozen=True, slots=True)
class ExemptHolders:
    """A class of holders whose predios of ``kind`` are exempt; ``holders_es`` names them on a bill."""

    kind: UnitKind
    holder_class: str
    holders_es: str


@dataclass(frozen=True, slots=True)
class PaymentWindow:
    """Days of the year, as (month, day) with the end left out, and a percentage of the tax."""

    start: tuple[int, int]
    end: tuple[int, int]
    percent: Decimal

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies in the window, whatever its year."""
        return self.start <= (day.month, day.day) < self.end


@dataclass(frozen=True, slots=True)
class NationalLaw:
    """What national law says for tax year ``year``; ``content_hash`` covers all its files."""

    year: int
    sbu_by_year: tuple[tuple[int, Decimal], ...]
    urban_band: RateBand
    rural_band: RateBand
    urban_marginal_exempt_sbu: Decimal
    rural_exempt_sbu: Decimal
    low_value_citation: str
    exempt_holders: tuple[ExemptHolders, ...]
    exempt_holders_citation: str
    fire_levy_per_mille: Decimal
    fire_levy_citation: str
    discounts: tuple[PaymentWindow, ...]
    discounts_citation: str
    surcharges: tuple[PaymentWindow, ...]
    surcharges_citation: str
    granted: tuple[GrantedRule, ...]
    elderly: ElderlyRule
    disability: DisabilityRule | None
    mortgage: MortgageRule
    unbuilt_land: UnbuiltLandRule
    promotion_zone: PromotionZoneRule
    content_hash: str

    def sbu(self, year: int) -> Decimal:
        """The basic salary of ``year``; raises ``LawNotInForce`` for a year without one."""
        for known, amount in self.sbu_by_year:
            if known == year:
                return amount
        raise LawNotInForce(
            f"No hay salario básico unificado para {year}: agréguelo con su cita en cadastre/taxation/law/sbu.toml, o "
            "use sbu_year = PREVIOUS en la ordenanza si ella mide con el del año anterior.",
            details={"stem": "sbu", "year": year},
        )


@cache
def national_law(year: int) -> NationalLaw:
    """The law in force on 1 January of ``year``; raises ``LawNotInForce`` where a rule is missing."""
    return resolve_law(dict(_parameters()), year=year)


def law_parameter(stem: str) -> LawParameter:
    """One file of the law over time, for the rules that follow the day of an act and not a tax year."""
    return _parameters()[stem]


@cache
def _parameters() -> MappingProxyType[str, LawParameter]:
    return load_law_folder(LAW_FOLDER)


def resolve_law(parameters: dict[str, LawParameter], *, year: int) -> NationalLaw:
    """``parameters`` (by stem) as they stand on 1 January of ``year``."""
    day = date(year, 1, 1)
    low_value, holders = parameters["low_value_exemption"], parameters["holder_exemption"]

    def at(stem: str) -> tuple[LawParameter, LawValue]:
        return parameters[stem], parameters[stem].on(day)

    return NationalLaw(
        year=year,
        sbu_by_year=_sbu_by_year(parameters["sbu"]),
        urban_band=_band(parameters["urban_rate_band"], day),
        rural_band=_band(parameters["rural_rate_band"], day),
        urban_marginal_exempt_sbu=low_value.on(day).number("urban_marginal_sbu"),
        rural_exempt_sbu=low_value.on(day).number("rural_sbu"),
        low_value_citation=low_value.citation,
        exempt_holders=_exempt_holders(holders.on(day)),
        exempt_holders_citation=holders.citation,
        fire_levy_per_mille=parameters["fire_levy"].on(day).number("per_mille"),
        fire_levy_citation=parameters["fire_levy"].citation,
        discounts=_windows(parameters["discounts"].on(day)),
        discounts_citation=parameters["discounts"].citation,
        surcharges=_windows(parameters["surcharges"].on(day)),
        surcharges_citation=parameters["surcharges"].citation,
        granted=granted_rules(
            at("permanent_exemptions"), at("temporary_exemptions"), at("rural_deductions")
        ),
        elderly=elderly_rule(*at("elderly_exemption")),
        disability=_disability(parameters["disability_exemption"], day),
        mortgage=mortgage_rule(*at("mortgage_deduction")),
        unbuilt_land=unbuilt_land_rule(*at("unbuilt_land")),
        promotion_zone=promotion_zone_rule(*at("promotion_zones")),
        content_hash=sha256_hex({stem: law.content_hash for stem, law in parameters.items()}),
    )


def check_year(year: int, *, law_year: int, ordinance_year: int | None = None) -> None:
    """Refuse to work out the tax of ``year`` with the rules of another."""
    if law_year != year or ordinance_year not in (None, year):
        raise YearMismatch(
            f"Se pide el año {year}; la ley es de {law_year} y la ordenanza, de {ordinance_year}.",
            details={"year": year, "law_year": law_year, "ordinance_year": ordinance_year},
        )


def _sbu_by_year(sbu: LawParameter) -> tuple[tuple[int, Decimal], ...]:
    return tuple(
        (value.during.start.year, value.number())
        for value in sbu.values
        if value.during.start is not None
    )


def _disability(parameter: LawParameter, day: date) -> DisabilityRule | None:
    """None before the first version that the file holds: a claim of such a year is then refused."""
    if all(value.during.start is None or value.during.start > day for value in parameter.values):
        return None
    return disability_rule(parameter, parameter.on(day))


def _band(parameter: LawParameter, day: date) -> RateBand:
    value = parameter.on(day)
    return RateBand(value.number("lowest"), value.number("highest"), parameter.citation)


def _exempt_holders(value: LawValue) -> tuple[ExemptHolders, ...]:
    return tuple(
        ExemptHolders(UnitKind(row["kind"]), row["holder_class"], row["holders_es"])
        for row in value.rows("exempt")
    )


def _windows(value: LawValue) -> tuple[PaymentWindow, ...]:
    return tuple(
        PaymentWindow(_month_day(row["from"]), _month_day(row["until"]), Decimal(row["percent"]))
        for row in value.rows("windows")
    )


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)

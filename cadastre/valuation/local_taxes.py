"""What an ordinance says of taxes beyond rates: its optional members, read once and checked.

accumulation          "GROUP" (default): a taxpayer is the whole set of a predio's holders.
                      "SHARES": each co-owner adds his shares up, urban and rural apart (505, 518)
applied_taxes         ["UNBUILT_LAND", "PROMOTION_ZONE"]: surcharges of Arts. 507 and 508
mortgage_percent      "30": of the balance, between the law's 20 and 40 (Art. 503)
elderly_test          "ANY" | "ALL": where the council reads the law otherwise
exemptions            [{"code": "LOW_COST_HOME", "label": "Vivienda de bajo valor", "kinds": ["URBAN"],
                        "on": "BASE|TAX", "steps": [{"years": 5, "percent": "100"}, {"percent": "50"}],
                        "value_below": "81000", "needs_grant": true, "article": "3"}]
                      years are counted from the act: without one (needs_grant false) no step has them
service_charges       [{"code": "REFUSE", "label": "Recolección", "kinds": ["URBAN"], "applies_to": "BUILT",
                        "basis": "FLAT|PER_MILLE|PER_UNIT|PERCENT_OF_TAX", "amount": "12.00",
                        "lowest": "1.00", "highest": "50.00", "account": "130108", "article": "12"}]
accounts              {"PROPERTY_TAX_URBAN": "110201", "FIRE_LEVY": "212.13"}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from cadastre.valuation import told_parameters as told
from cadastre.valuation.facts import UnitKind
from cadastre.valuation.told_parameters import InvalidOrdinance

APPLIED_TAXES = frozenset({"UNBUILT_LAND", "PROMOTION_ZONE"})


class Accumulation(StrEnum):
    """Who adds up to one taxpayer."""

    GROUP = "GROUP"
    SHARES = "SHARES"


class ReliefOn(StrEnum):
    """Whether an exemption takes from the value or from the tax."""

    BASE = "BASE"
    TAX = "TAX"


class ChargeBasis(StrEnum):
    """By what a service charge is measured."""

    FLAT = "FLAT"
    PER_MILLE = "PER_MILLE"
    PER_UNIT = "PER_UNIT"
    PERCENT_OF_TAX = "PERCENT_OF_TAX"


class ChargedPredios(StrEnum):
    """Which predios a service charge is for."""

    ALL = "ALL"
    BUILT = "BUILT"
    UNBUILT = "UNBUILT"


@dataclass(frozen=True, slots=True)
class LocalExemption:
    """A council's own exemption; ``steps`` are (years, percent), the last one without end if None."""

    code: str
    label_es: str
    kinds: frozenset[UnitKind]
    on: ReliefOn
    steps: tuple[tuple[int | None, Decimal], ...]
    value_below: Decimal | None
    needs_grant: bool
    citation: str


@dataclass(frozen=True, slots=True)
class ServiceCharge:
    """A tasa on the bill."""

    code: str
    label_es: str
    kinds: frozenset[UnitKind]
    applies_to: ChargedPredios
    basis: ChargeBasis
    amount: Decimal
    lowest: Decimal | None
    highest: Decimal | None
    citation: str


@dataclass(frozen=True, slots=True)
class LocalTaxes:
    """The optional members as frozen values."""

    accumulation: Accumulation
    applied_taxes: frozenset[str]
    mortgage_percent: Decimal | None
    elderly_test: str | None
    exemptions: tuple[LocalExemption, ...]
    service_charges: tuple[ServiceCharge, ...]
    accounts: Mapping[str, str]


NO_LOCAL_TAXES = LocalTaxes(Accumulation.GROUP, frozenset(), None, None, (), (), {})


def read_local_taxes(parameters: Mapping[str, Any], ordinance: str) -> LocalTaxes:
    """The optional members of ``parameters``; raises ``InvalidOrdinance`` naming what is wrong."""
    applied = frozenset(told.words(parameters.get("applied_taxes", [])))
    if applied - APPLIED_TAXES:
        raise InvalidOrdinance(f"applied_taxes admite {', '.join(sorted(APPLIED_TAXES))}.")
    test = parameters.get("elderly_test")
    if test not in (None, "ANY", "ALL"):
        raise InvalidOrdinance("elderly_test es ANY o ALL.")
    charges = parameters.get("service_charges", [])
    accounts = {
        concept: told.word(account)
        for concept, account in told.members(parameters.get("accounts", {})).items()
    }
    for row in charges:
        if row.get("account"):
            accounts[f"SERVICE_{row.get('code')}"] = told.word(row["account"])
    return LocalTaxes(
        accumulation=Accumulation(parameters.get("accumulation", "GROUP")),
        applied_taxes=applied,
        mortgage_percent=told.optional_number(parameters, "mortgage_percent"),
        elderly_test=test,
        exemptions=tuple(_exemption(row, ordinance) for row in parameters.get("exemptions", [])),
        service_charges=tuple(_charge(row, ordinance) for row in charges),
        accounts=accounts,
    )


def _exemption(row: Mapping[str, Any], ordinance: str) -> LocalExemption:
    code = told.word(row.get("code"))
    steps = tuple(
        (told.whole(step["years"]) if "years" in step else None, told.number(step["percent"]))
        for step in row["steps"]
    )
    if not steps or any(percent > 100 for _, percent in steps):
        raise InvalidOrdinance(f"exención {code}: «steps» lleva porcentajes de 0 a 100.")
    if any(years is None for years, _ in steps[:-1]):
        raise InvalidOrdinance(f"exención {code}: solo el último tramo puede no tener años.")
    needs_grant = told.flag(row.get("needs_grant", True))
    if not needs_grant and any(years is not None for years, _ in steps):
        raise InvalidOrdinance(
            f"exención {code}: sin acto no se sabe desde cuándo se cuentan los años de sus tramos: "
            "pida un acto por predio, o deje un solo tramo sin años."
        )
    return LocalExemption(
        code=code,
        label_es=str(row.get("label") or code),
        kinds=_kinds(row),
        on=ReliefOn(row.get("on", "BASE")),
        steps=steps,
        value_below=told.optional_number(row, "value_below"),
        needs_grant=needs_grant,
        citation=told.citation(ordinance, row.get("article")),
    )


def _charge(row: Mapping[str, Any], ordinance: str) -> ServiceCharge:
    code = told.word(row.get("code"))
    lowest, highest = told.optional_number(row, "lowest"), told.optional_number(row, "highest")
    if lowest is not None and highest is not None and lowest > highest:
        raise InvalidOrdinance(f"tasa {code}: el mínimo pasa del máximo.")
    return ServiceCharge(
        code=code,
        label_es=str(row.get("label") or code),
        kinds=_kinds(row),
        applies_to=ChargedPredios(row.get("applies_to", "ALL")),
        basis=ChargeBasis(row.get("basis", "FLAT")),
        amount=told.number(row["amount"]),
        lowest=lowest,
        highest=highest,
        citation=told.citation(ordinance, row.get("article")),
    )


def _kinds(row: Mapping[str, Any]) -> frozenset[UnitKind]:
    return frozenset(UnitKind(kind) for kind in row.get("kinds", ["URBAN", "RURAL"]))

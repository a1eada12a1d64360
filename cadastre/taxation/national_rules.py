"""The national rules of benefits and surcharges as frozen values, read from their dated files."""

from dataclasses import dataclass
from decimal import Decimal

from cadastre.valuation.facts import UnitKind
from gis_project.core.law import LawParameter, LawValue


@dataclass(frozen=True, slots=True)
class GrantedRule:
    """An exemption or deduction that needs an act; ``kind`` None: urban and rural.

    ``years`` None: while the act holds. ``frees`` UNIT (the value), BUILDINGS or AMOUNT (the act's).
    """

    code: str
    kind: UnitKind | None
    label_es: str
    frees: str
    years: int | None
    value_cap: Decimal | None
    citation: str


@dataclass(frozen=True, slots=True)
class ElderlyRule:
    """Limits in basic salaries; ``test`` ANY or ALL of income and patrimony."""

    min_age: int
    income_sbu: Decimal
    patrimony_sbu: Decimal
    test: str
    applies_to: frozenset[str]
    citation: str


@dataclass(frozen=True, slots=True)
class DisabilityRule:
    """``above_limit``: EXCESS or DEGREE (see the law file)."""

    min_pct: Decimal
    percent: Decimal
    value_sbu: Decimal
    above_limit: str
    citation: str


@dataclass(frozen=True, slots=True)
class MortgageRule:
    """Percentages of the balance between which an ordinance chooses; the cap; the last (month, day)."""

    lowest_percent: Decimal
    highest_percent: Decimal
    cap_percent_of_value: Decimal
    request_until: tuple[int, int]
    citation: str


@dataclass(frozen=True, slots=True)
class UnbuiltLandRule:
    """The surcharge on unbuilt lots and what frees from it; reasons are (code, words)."""

    per_mille: Decimal
    services: frozenset[str]
    years_free_by_transfer: int
    years_free_by_disaster: int
    free: tuple[tuple[str, str], ...]
    citation: str


@dataclass(frozen=True, slots=True)
class PromotionZoneRule:
    """The surcharges in zones of immediate promotion."""

    unbuilt_per_mille: Decimal
    obsolete_per_mille: Decimal
    starts_after_years: int
    citation: str


def granted_rules(
    permanent: tuple[LawParameter, LawValue],
    temporary: tuple[LawParameter, LawValue],
    deductions: tuple[LawParameter, LawValue],
) -> tuple[GrantedRule, ...]:
    """The rules in the order in which they are tried: permanent, temporary, deductions."""
    found = []
    for row in permanent[1].rows("exempt"):
        cited = _cited(permanent[0], row["article"])
        kind = UnitKind(row["kind"])
        found.append(GrantedRule(row["code"], kind, row["label_es"], "UNIT", None, None, cited))
    for row in temporary[1].rows("exempt"):
        cap, years = row.get("value_cap"), row.get("years")
        found.append(
            GrantedRule(
                row["code"],
                UnitKind.URBAN,
                row["label_es"],
                row["scope"],
                years,
                None if cap is None else Decimal(cap),
                temporary[0].citation,
            )
        )
    for row in deductions[1].rows("deductible"):
        cited = _cited(deductions[0], row["article"])
        found.append(
            GrantedRule(row["code"], UnitKind.RURAL, row["label_es"], "AMOUNT", None, None, cited)
        )
    return tuple(found)


def elderly_rule(law: LawParameter, value: LawValue) -> ElderlyRule:
    """The rule of one dated version."""
    return ElderlyRule(
        int(value.number("min_age")),
        value.number("income_sbu"),
        value.number("patrimony_sbu"),
        value.text("test"),
        frozenset(value.words("applies_to")),
        law.citation_of(value),
    )


def disability_rule(law: LawParameter, value: LawValue) -> DisabilityRule:
    """The rule of one dated version."""
    return DisabilityRule(
        value.number("min_pct"),
        value.number("percent"),
        value.number("value_sbu"),
        value.text("above_limit"),
        law.citation_of(value),
    )


def mortgage_rule(law: LawParameter, value: LawValue) -> MortgageRule:
    """The rule of one dated version."""
    month, day = value.text("request_until").split("-")
    return MortgageRule(
        value.number("lowest_percent"),
        value.number("highest_percent"),
        value.number("cap_percent_of_value"),
        (int(month), int(day)),
        law.citation,
    )


def unbuilt_land_rule(law: LawParameter, value: LawValue) -> UnbuiltLandRule:
    """The rule of one dated version."""
    return UnbuiltLandRule(
        value.number("per_mille"),
        frozenset(value.words("services")),
        int(value.number("years_free_by_transfer")),
        int(value.number("years_free_by_disaster")),
        tuple((row["code"], row["label_es"]) for row in value.rows("free")),
        law.citation,
    )


def promotion_zone_rule(law: LawParameter, value: LawValue) -> PromotionZoneRule:
    """The rule of one dated version."""
    return PromotionZoneRule(
        value.number("unbuilt_per_mille"),
        value.number("obsolete_per_mille"),
        int(value.number("starts_after_years")),
        law.citation,
    )


def _cited(law: LawParameter, article: str) -> str:
    code = law.references[0].code
    return f"{code}, Art. {article} ({law.verification_status.label_es})"

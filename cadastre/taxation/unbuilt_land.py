"""Surcharge on urban lots without building (COOTAD Art. 507), where the ordinance applies it.

Only where water, sewer and electricity are there. Free in the year of a transfer and the next, five
years after a disaster, and for the reasons that an act grants. Services that are not known are a doubt:
nobody is charged on a guess. What the elderly do not owe is taken from the value as in the property tax.
"""

from cadastre.taxation.exemptions import Taxable, personal_reliefs
from cadastre.taxation.national_law import NationalLaw
from cadastre.taxation.relief import Considered, Doubt
from cadastre.valuation.facts import AppraisedUnit, UnitKind
from cadastre.valuation.ordinance import OrdinanceFacts
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import to_cents
from gis_project.core.quantity import Operation, Quantity, derived, given

CONCEPT = "UNBUILT_LAND"
_THOUSAND = 1000


def unbuilt_land(
    held: AppraisedUnit, taxed: Taxable, ordinance: OrdinanceFacts, law: NationalLaw
) -> tuple[Line | None, Considered | None, Doubt | None]:
    """The surcharge's line, or why there is none, or what is not known."""
    if held.unit.kind is not UnitKind.URBAN or CONCEPT not in ordinance.local.applied_taxes:
        return None, None, None
    if is_built(held) or (taxed.exemption is not None and taxed.exemption.is_standing):
        return None, None, None
    if held.standing.lot.services is None:
        return None, None, Doubt("SERVICES", held.unit.unit_id)
    why = _free_because(held, law)
    if why:
        return None, Considered(CONCEPT, False, why), None
    base_from = surcharged_value(held, ordinance, law)
    base, rate = base_from.value, law.unbuilt_land.per_mille
    line = Line(
        CONCEPT,
        "Recargo a solar no edificado",
        base,
        rate,
        RateUnit.PER_MILLE,
        to_cents(base * rate / _THOUSAND),
        law.unbuilt_land.citation,
        "",
        (),
        base_from if base_from.parts else None,
    )
    return line, None, None


def is_built(held: AppraisedUnit) -> bool:
    """Whether anything stands on it: a building of the register or a migrated value of one."""
    return bool(held.unit.buildings or held.appraisal.buildings)


def surcharged_value(held: AppraisedUnit, ordinance: OrdinanceFacts, law: NationalLaw) -> Quantity:
    """The appraised value less what elderly holders do not owe of it."""
    value = given("APPRAISED_VALUE", "Avalúo", held.appraisal.total)
    _, found = personal_reliefs(held, value, ordinance, law, tax=CONCEPT)
    reliefs = [relief.shown for outcome, _ in found for relief in outcome.reliefs]
    if not reliefs:
        return value
    return derived(
        "SURCHARGED_VALUE", "Valor que se recarga", Operation.DIFFERENCE, [value, *reliefs]
    )


def _free_because(held: AppraisedUnit, law: NationalLaw) -> str:
    lot, rule, year = held.standing.lot, law.unbuilt_land, law.year
    missing = rule.services - (lot.services or frozenset())
    if missing:
        return "no tiene todos los servicios básicos"
    for code, label in rule.free:
        if lot.free_code == code:
            return label
    transferred, disaster = lot.transferred_in, lot.disaster_in
    if transferred is not None and transferred <= year < transferred + rule.years_free_by_transfer:
        return f"transferido en {transferred}"
    if disaster is not None and disaster <= year < disaster + rule.years_free_by_disaster + 1:
        return f"perdió su edificación en {disaster}"
    return ""

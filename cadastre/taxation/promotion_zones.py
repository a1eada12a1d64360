"""Surcharges in zones of immediate promotion (COOTAD Art. 508), where the ordinance applies them.

One per mille on unbuilt lots from a year after the declaration, two on obsolete buildings from a year
after the notification.
"""

from datetime import date

from cadastre.taxation.exemptions import Taxable
from cadastre.taxation.national_law import NationalLaw
from cadastre.taxation.unbuilt_land import is_built
from cadastre.valuation.facts import AppraisedUnit, UnitKind
from cadastre.valuation.ordinance import OrdinanceFacts
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import to_cents

CONCEPT = "PROMOTION_ZONE"
_THOUSAND = 1000


def promotion_zone(
    held: AppraisedUnit, taxed: Taxable, ordinance: OrdinanceFacts, law: NationalLaw
) -> Line | None:
    """The surcharge's line in the law's year, or None."""
    if held.unit.kind is not UnitKind.URBAN or CONCEPT not in ordinance.local.applied_taxes:
        return None
    if taxed.exemption is not None and taxed.exemption.is_standing:
        return None
    rule, lot = law.promotion_zone, held.standing.lot
    since, rate, why = lot.promotion_declared_on, rule.unbuilt_per_mille, "solar no edificado"
    if is_built(held):
        since, rate, why = lot.obsolete_notified_on, rule.obsolete_per_mille, "edificación obsoleta"
    if since is None or date(law.year, 1, 1) < _years_after(since, rule.starts_after_years):
        return None
    base = held.appraisal.total
    return Line(
        CONCEPT,
        "Recargo en zona de promoción inmediata",
        base,
        rate,
        RateUnit.PER_MILLE,
        to_cents(base * rate / _THOUSAND),
        rule.citation,
        f"{why}; desde el {since:%d/%m/%Y}",
    )


def _years_after(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + years, 3, 1)
    return day.replace(year=day.year + years)

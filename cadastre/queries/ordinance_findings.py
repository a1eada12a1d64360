"""What is wrong with an ordinance of the register: its tables, and what they mean for today's predios."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.db import connection

from cadastre.models import ParcelVersion
from cadastre.ordinances.finding import LintReport
from cadastre.ordinances.lint import lint_stored
from cadastre.ordinances.lint_prices import WITHOUT_MAP, RegisterCounts
from cadastre.queries.ordinances import facts_of
from cadastre.queries.roll_snapshot import roll_units
from cadastre.taxation.national_law import national_law
from cadastre.valuation.appraise import appraise_all
from cadastre.valuation.ordinance import OrdinanceFacts
from gis_project.territory.models import Ordinance

STREET_M = 30  # wider than streets, narrower than a block
_NEIGHBOURS = (Path(__file__).parent / "sql" / "zone_neighbours.sql").read_text(encoding="utf-8")


def ordinance_findings(
    ordinance: Ordinance, *, year: int, with_register: bool = True
) -> LintReport:
    """The linter's report for the roll of ``year``, by the predios of 31 December before it.

    Without the register it is quick: the tables alone.
    """
    return lint_stored(
        number=ordinance.number,
        parameters=ordinance.parameters,
        read=lambda: facts_of(ordinance, year=year),
        law=national_law(year),
        register=lambda facts: (
            register_counts(ordinance, facts, year=year) if with_register else None
        ),
    )


def register_counts(ordinance: Ordinance, facts: OrdinanceFacts, *, year: int) -> RegisterCounts:
    """How many predios lie in each zone, which have no value and why, which zones are neighbours."""
    town = ordinance.municipality
    units = list(roll_units(municipality=town, ordinance=ordinance, year=year, facts=facts))
    keys = {str(unit.unit_id): unit.key for unit in units}
    known = [unit.facts for unit in units if unit.facts is not None]
    _, missing = appraise_all(known, replace(facts, year=year))
    unvalued: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        if unit.facts is None:
            unvalued["GROUND"].append(unit.key)
    zoneless = [refusal.unit_id for refusal in missing if refusal.what == "ZONE"]
    unmapped = _without_map(zoneless, year)
    for refusal in missing:
        what = WITHOUT_MAP if refusal.unit_id in unmapped else refusal.what
        unvalued[what].append(keys[refusal.unit_id])
    return RegisterCounts(
        units=len(units),
        by_zone=Counter(one.zone_code for one in known if one.zone_code),
        unvalued=dict(unvalued),
        neighbours=_neighbours(ordinance),
    )


def _without_map(unit_ids: list[str], year: int) -> set[str]:
    """Those of the predios whose ground had no polygon on 31 December before ``year``."""
    found = ParcelVersion.objects.known().filter(
        parcel__property_units__in=unit_ids,
        valid__contains=date(year - 1, 12, 31),
        geom__isnull=True,
    )
    return {str(unit) for unit in found.values_list("parcel__property_units", flat=True)}


def _neighbours(ordinance: Ordinance) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_NEIGHBOURS, {"ordinance": ordinance.pk, "street_m": STREET_M})
        for code, other in cursor.fetchall():
            found[code].append(other)
    return found

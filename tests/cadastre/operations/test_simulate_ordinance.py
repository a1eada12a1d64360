"""A draft is tried on the whole town with the emission's own assessor, and nothing of the register moves."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from cadastre.models import BuildingCost, LandValueZone, Operation, TaxTitle
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.operations.seek_ordinance_goal import seek_ordinance_goal
from cadastre.operations.simulate_ordinance import simulate_ordinance
from cadastre.operations.two_hands import both
from cadastre.ordinances.finding import Severity
from cadastre.ordinances.goal import Lever
from cadastre.queries.ordinance_changes import NothingToCompare, ordinance_changes
from cadastre.queries.ordinance_findings import ordinance_findings
from cadastre.queries.ordinance_list import ordinance_before, ordinance_named, ordinances_of
from cadastre.queries.roll_by_two import roll_seen_by, seen_by_another
from cadastre.valuation.facts import UnitKind
from gis_project.core.errors import NotAllowed, NotFound
from gis_project.territory.models import Municipality, Ordinance
from gis_project.territory.policy import CONSOLE
from tests import register
from tests.cadastre.operations.small_town import PARAMETERS, build_town
from tests.people import INES
from tests.shapes import rectangle
from tests.staff import account


@pytest.fixture
def town(db: None) -> Municipality:
    return build_town()


@pytest.fixture
def draft(town: Municipality) -> Ordinance:
    """Zone Z1 at 110 USD/m² and a second zone, Z2 at 50, around Inés's lot; the same rates."""
    act = Operation.objects.first()
    ordinance = Ordinance.objects.create(
        municipality=town,
        number="002-2026",
        title="Borrador",
        valid=DateRange(date(2026, 1, 1), None),
        parameters=PARAMETERS,
    )
    BuildingCost.objects.create(
        ordinance=ordinance, structure="CONCRETE", cost_per_m2=300, useful_life_years=50
    )
    for code, value, west, width in (("Z1", 110, 0, 80), ("Z2", 50, 190, 40)):
        LandValueZone.objects.create(
            municipality=town,
            ordinance=ordinance,
            kind="URBAN",
            code=code,
            value=value,
            geom=register.geos(rectangle(west, 0, width, 20)),
            valid=register.EVER_SINCE,
            recorded=DateTimeTZRange(act.recorded_at, None),
            opened_by=act,
        )
    return ordinance


def in_force(town: Municipality) -> Ordinance:
    return Ordinance.objects.get(municipality=town, number="001-2023")


def simulated(town: Municipality, draft: Ordinance, **told):
    told = {"against": in_force(town), "year": 2026, "by": CONSOLE} | told
    return simulate_ordinance(ordinance=draft, **told)


def every_row() -> Iterator[tuple[str, int, str]]:
    """Count and digest of each table of the register."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(("cadastre_", "territory_")):
                cursor.execute(
                    f"SELECT count(*), COALESCE(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {table} AS t"
                )
                yield table, *cursor.fetchone()


def test_who_pays_more_is_worked_out_on_paper(town, draft):
    found = simulated(town, draft)
    by_key = {unit.key[-10:-8]: unit for unit in found.units.values()}
    # Rosa, two lots: 80,000 → 88,000; 50 + 76 = 126; each 63.00 + fire 6.60 + 2.00 = 71.60, was 63.00
    assert (by_key["01"].before.total, by_key["01"].after.total) == (
        Decimal("63.00"),
        Decimal("71.60"),
    )
    assert by_key["04"].reason == "HOLDER"
    assert by_key["05"].before is None  # outside every zone of the one in force
    assert by_key["05"].after is not None
    assert (found.impact.billed_before, found.impact.billed_after) == (3, 4)
    assert (found.impact.appear, found.impact.whole.pay_more) == (1, 3)


def test_the_simulation_of_what_is_in_force_is_the_emission_to_the_cent(town, draft):
    found = simulated(town, in_force(town), against=None)
    roll = emit_tax_roll(municipality=town, year=2026, kind=UnitKind.URBAN, by=CONSOLE).roll
    assert found.impact.revenue_after == roll.total
    assert found.after_hash == roll.ordinance_hash
    assert found.law_hash == roll.law_hash
    titles = {title.unit_id: title.total for title in TaxTitle.objects.all()}
    billed = {key: unit.after.total for key, unit in found.units.items() if unit.after}
    assert billed == titles


def test_register_and_titles_stay_as_they_were(town, draft):
    emit_tax_roll(municipality=town, year=2026, kind=UnitKind.URBAN, by=CONSOLE)
    before = list(every_row())
    found = simulated(town, draft)
    target = found.impact.property_tax_after + 20
    seek_ordinance_goal(
        ordinance=draft,
        year=2026,
        kind=UnitKind.URBAN,
        lever=Lever.RATE,
        target=target,
        by=CONSOLE,
    )
    ordinance_findings(draft, year=2026)
    ordinance_changes(draft, None)
    assert list(every_row()) == before


def test_another_ordinance_is_another_hash(town, draft):
    found = simulated(town, draft)
    assert found.before_hash != found.after_hash
    again = simulated(town, draft)
    assert (again.register_hash, again.after_hash) == (found.register_hash, found.after_hash)


def test_reading_for_a_second_ordinance_is_as_reading_anew(town, draft):
    seen = roll_seen_by(draft, year=2026)
    assert seen_by_another(seen, in_force(town), year=2026) == roll_seen_by(
        in_force(town), year=2026
    )


def test_a_goal_is_met_by_the_rate(town, draft):
    now = simulated(town, draft).impact.property_tax_after
    goal = seek_ordinance_goal(
        ordinance=draft,
        year=2026,
        kind=UnitKind.URBAN,
        lever=Lever.RATE,
        target=now * 2,
        by=CONSOLE,
    )
    assert goal.is_reached
    assert abs(goal.value - 2) <= Decimal("0.001")
    assert abs(goal.revenue - now * 2) <= Decimal("0.05")


def test_who_has_no_task_with_values_may_not_simulate(town, draft):
    with pytest.raises(NotAllowed):
        simulated(town, draft, by=account(INES))


def test_findings_count_what_the_register_says(town, draft):
    found = {one.code: one for one in ordinance_findings(in_force(town), year=2026).findings}
    assert found["UNPRICED"].count == 1
    assert found["UNPRICED"].keys[0].endswith("0500000000")
    assert not ordinance_findings(draft, year=2026).counts()[Severity.ERROR]


def test_a_broken_draft_is_told_and_not_examined_further(town, draft):
    bands = [{"from": "0", "rate_per_mille": "2"}, {"from": "9", "rate_per_mille": "1"}]
    Ordinance.objects.filter(pk=draft.pk).update(
        parameters=PARAMETERS | {"urban_rates": {"mode": "MARGINAL", "bands": bands}}
    )
    report = ordinance_findings(Ordinance.objects.get(pk=draft.pk), year=2026)
    assert [one.code for one in report.findings] == ["RATE_FALLS"]
    assert not report.is_complete


def test_the_difference_of_two_biennia(town, draft):
    assert [one.text for one in ordinance_changes(draft, None).changes] == [
        "Los precios suben 10 % en la zona urbana Z1: de 100 a 110 USD/m².",
        "Zona urbana nueva: Z2, 50 USD/m².",
    ]
    with pytest.raises(NothingToCompare):
        ordinance_changes(in_force(town), None)


def test_ordinances_are_found_by_number_or_identifier_in_their_town(town, draft):
    assert ordinance_named(town, " 002-2026 ") == ordinance_named(town, str(draft.pk)) == draft
    assert ordinance_before(draft) == in_force(town)
    assert list(ordinances_of(town)) == [draft, in_force(town)]
    other = register.town("celica", "1104")
    with pytest.raises(NotFound):
        ordinance_named(other, str(draft.pk))


def test_the_commands_tell_it_in_spanish(town, draft, tmp_path: Path):
    out = StringIO()
    call_command(
        "simulate_ordinance",
        "002-2026",
        municipality="mejia",
        map=tmp_path / "map.geojson",
        json=tmp_path / "told.json",
        stdout=out,
    )
    assert "predios con título: 3 antes, 4 después" in out.getvalue()
    features = json.loads((tmp_path / "map.geojson").read_text())["features"]
    assert len(features) == 5
    assert "Rosa" not in (tmp_path / "map.geojson").read_text()
    assert json.loads((tmp_path / "told.json").read_text())["impact"]["appear"] == 1
    out = StringIO()
    call_command(
        "simulate_ordinance", "002-2026", municipality="mejia", goal=Decimal(300), stdout=out
    )
    assert "multiplicar la tabla de tarifas por" in out.getvalue()
    out = StringIO()
    call_command("compare_ordinances", "002-2026", municipality="mejia", stdout=out)
    assert "suben 10 % en la zona urbana Z1" in out.getvalue()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("lint_ordinance", "001-2023", municipality="mejia", stdout=out)
    assert "impide aprobar: Plano de valor [UNPRICED]" in out.getvalue()


def test_two_processes_give_what_one_gives():
    def first() -> int:
        return 1

    def second() -> list[Decimal]:
        return [Decimal("2.00")]

    assert both(first, second, hands=2) == both(first, second, hands=1)

    def broken() -> None:
        raise NotFound("No está.")

    with pytest.raises(NotFound):
        both(first, broken, hands=2)
    with pytest.raises(NotFound):
        both(broken, second, hands=2)

"""A quality run: rule by rule, taken up where it was, told whole when a rule fails; and what its gates refuse."""

from dataclasses import replace
from datetime import date

import pyogrio
import pytest
import shapely
from django.core.management import call_command
from django.db import transaction
from shapely import LineString, to_wkt

from cadastre.imports.finding_layers import write_finding_layers
from cadastre.models import ParcelVersion, QualityFinding, QualityRuleResult, QualityRun
from cadastre.operations import check_quality
from cadastre.operations.check_fit_for_paper import check_fit_for_paper
from cadastre.operations.check_quality import Asked, begin_quality_run, carry_on
from cadastre.operations.decide_proposal import approve_proposal
from cadastre.operations.prepare_proposal import prepare_proposal
from cadastre.quality.rule import UnknownRule, quality_rules
from cadastre.queries.quality_gate import QualityStops
from cadastre.queries.quality_runs import finding_rows
from gis_project.territory.policy import CONSOLE
from tests import people, staff
from tests.cadastre.quality import sound_town
from tests.cadastre.quality.flaws.by_rule import flaw_of
from tests.shapes import at, square

pytestmark = pytest.mark.django_db
DAY = sound_town.TODAY


@pytest.fixture
def scene():
    return sound_town.build()


def asked(*rules: str) -> Asked:
    return Asked(rules=rules, day=DAY)


def test_a_run_keeps_each_finding_with_its_predio(scene):
    unit = flaw_of("ground_spike")(scene)
    run = carry_on(begin_quality_run(scene.town, asked("ground_spike", "key_missing"), by=CONSOLE))
    finding = QualityFinding.objects.get()
    assert (run.state, run.results.count()) == ("DONE", 2)
    assert (finding.unit, finding.parcel, finding.code) == (unit, unit.parcel, "ground_spike")
    assert finding.geom.geom_type == "Point"


def test_a_rule_that_fails_is_told_and_the_others_go_on(scene, monkeypatch):
    flaw_of("number_missing")(scene)
    none = "NULL::uuid AS unit_id, NULL::uuid AS parcel_id, NULL::uuid AS other_id, NULL::geometry AS geom"
    broken = replace(
        quality_rules()["key_missing"],
        sql=f"SELECT {none}, jsonb_build_object('x', 1 / 0) AS detail",
    )
    monkeypatch.setattr(
        check_quality, "quality_rules", lambda: quality_rules() | {"key_missing": broken}
    )
    run = carry_on(
        begin_quality_run(scene.town, asked("key_missing", "number_missing"), by=CONSOLE)
    )
    assert run.state == "INCOMPLETE"
    assert run.findings.count() == 1
    failed = run.results.get(state="FAILED")
    assert failed.code == "key_missing"
    assert "division by zero" in failed.message
    monkeypatch.undo()
    again = carry_on(run)
    assert again.state == "DONE"
    assert again.findings.count() == 1
    assert again.results.filter(code="number_missing").count() == 1


def test_a_run_that_was_cut_off_does_not_repeat_what_it_did(scene):
    flaw_of("number_missing")(scene)
    run = begin_quality_run(scene.town, asked("number_missing", "key_missing"), by=CONSOLE)
    QualityRuleResult.objects.create(run=run, code="number_missing", state="DONE", took_ms=1)
    steps = []
    carry_on(run, advance=lambda done, total, title: steps.append((done, total)))
    assert steps == [(2, 2)]
    assert run.findings.count() == 0


def test_only_the_predios_asked_for_are_looked_at(scene):
    first = scene.lot(square(0, 500), address="")
    scene.lot(square(0, 600), address="")
    by_unit = begin_quality_run(
        scene.town, Asked(units=[first.pk], rules=["address_missing"], day=DAY), by=CONSOLE
    )
    key = first.keys.get().normalised
    by_key = begin_quality_run(
        scene.town, Asked(keys=(key, key), rules=["address_missing"], day=DAY), by=CONSOLE
    )
    for run in (by_unit, by_key):
        assert [finding.unit for finding in carry_on(run).findings.all()] == [first]


def test_every_rule_says_the_same_of_one_predio_as_of_the_whole_town(scene):
    """Chosen predios go another way through the statements than all of them."""
    unit = scene.lots[2]
    run = begin_quality_run(scene.town, Asked(units=[unit.pk], day=DAY), by=CONSOLE)
    assert carry_on(run).findings.count() == 0
    with transaction.atomic():
        scene.lot(square(29.5, 0, 10))
        run = begin_quality_run(scene.town, Asked(units=[unit.pk], day=DAY), by=CONSOLE)
        codes = set(carry_on(run).findings.values_list("code", flat=True))
        # The database's own law looks at the overlap at the end: it never comes.
        transaction.set_rollback(True)
    assert codes >= {"parcel_overlaps_parcel", "building_over_neighbour"}


def test_an_unknown_rule_is_refused(scene):
    with pytest.raises(UnknownRule, match="no_such"):
        begin_quality_run(scene.town, asked("no_such"), by=CONSOLE)


def test_a_rule_of_another_time_is_not_applied(scene):
    run = begin_quality_run(
        scene.town, Asked(rules=["key_missing"], day=date(2001, 1, 1)), by=CONSOLE
    )
    assert run.rules == []


def test_findings_open_as_a_geopackage(scene, tmp_path):
    for code in ("parcel_over_road", "ground_outside_town", "key_missing"):
        flaw_of(code)(scene)
    run = carry_on(begin_quality_run(scene.town, asked(), by=CONSOLE))
    file = write_finding_layers(finding_rows(run), tmp_path / "hallazgos.gpkg")
    assert {name for name, _ in pyogrio.list_layers(file)} == {
        "puntos",
        "lineas",
        "areas",
        "sin_lugar",
    }
    told = pyogrio.raw.read(file, layer="lineas")
    row = dict(zip(told[0]["fields"], [column[0] for column in told[3]], strict=True))
    assert row["regla"] == "parcel_over_road"
    assert "pasa 10 m por" in row["que_hacer"]
    assert shapely.length(shapely.from_wkb(told[2][0])) == pytest.approx(10)


def test_the_command_rehearses_and_writes_the_file(scene, tmp_path, capsys):
    flaw_of("number_missing")(scene)
    out = tmp_path / "h.gpkg"
    call_command("quality", municipality="mejia", rules=["number_missing"], day=DAY, out=out)
    assert "1  number_missing" in capsys.readouterr().out
    assert out.exists()
    assert not QualityRun.objects.exists()


def test_a_certificate_waits_for_sound_ground(scene):
    unit = scene.lots[1]
    check_fit_for_paper(unit, "APPRAISAL", on=DAY)
    wrong = scene.lot(square(0, 500), legal_area_m2="399.5")
    with pytest.raises(QualityStops, match="399,5") as refused:
        check_fit_for_paper(wrong, "APPRAISAL", on=DAY)
    assert [f["rule"] for f in refused.value.details["findings"]] == ["area_not_as_measured"]


@pytest.mark.parametrize(("x", "is_refused"), [(8, True), (10, False)])
def test_an_approval_is_refused_for_what_the_act_would_leave(scene, x, is_refused):
    """The plan's smallest lot is 200 m²: a cut at 10 m leaves two such, one at 8 m does not."""
    lot = scene.lot(square(0, 500))
    rosa = staff.appoint(people.ROSA, "cadastre_technician", scene.town)
    vera = staff.appoint(people.VERA, "cadastre_chief", scene.town)
    cut = to_wkt(LineString([at(x, 490), at(x, 530)]))
    told = {"unit": lot.number, "cut": {"by": "lines", "lines": [cut]}}
    proposal = prepare_proposal(
        "split_parcel", told, municipality=scene.town, by=rosa, reason="Partición"
    )
    before = ParcelVersion.objects.count()
    if is_refused:
        with pytest.raises(QualityStops, match="160 m² y el mínimo en PIT-1 es 200 m²"):
            approve_proposal(proposal, by=vera)
    else:
        assert approve_proposal(proposal, by=vera).state == "APPROVED"
    assert ParcelVersion.objects.count() == before

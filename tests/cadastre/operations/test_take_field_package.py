"""What comes back from the field becomes proposals, once; the register stays as it is.

   0    20   40   60
20 ┌────┬────┬────┐
   │ 1▪ │ 2  │ 3  │
 0 └────┴────┴────┘
"""

import json

import pytest

from cadastre.acts.ground_inputs import SurveyInputs
from cadastre.imports.reading import FileRefused
from cadastre.models import (
    BuildingFloor,
    Ficha,
    FieldDelta,
    FieldPicture,
    FieldReturn,
    ParcelVersion,
    Proposal,
)
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.close_field_package import FieldPackageClosed, close_field_package
from cadastre.operations.decide_field_delta import (
    FieldChoiceUnfit,
    FieldConflictDecided,
    decide_field_delta,
)
from cadastre.operations.take_field_package import (
    FieldSurveyMissing,
    NotThisPackage,
    take_field_package,
)
from gis_project.core.errors import NotAllowed
from tests import people, staff
from tests.cadastre.operations.field_town import KEYS, FieldTown, InTheField
from tests.filings import complete
from tests.shapes import rectangle

pytestmark = pytest.mark.long

SURVEY = SurveyInputs(method="GNSS_RTK", surveyed_on="2026-03-02", accuracy_m="0.02")


@pytest.fixture
def town(db):
    return FieldTown()


@pytest.fixture
def out(town, tmp_path):
    town.out = town.package()
    return InTheField(town.out, tmp_path)


def take(town, path, **more):
    return take_field_package(
        town.out, file=path, name=path.name, by=town.technician, **({"survey": SURVEY} | more)
    )


def test_a_ficha_filled_in_the_field_is_a_correction(town, out):
    out.run("UPDATE parcels SET topography = 'ROLLING', telephone = 1 WHERE number = '1'")
    before = Ficha.objects.count(), ParcelVersion.objects.count()
    taken = take(town, out.zipped())
    (delta,) = taken.deltas
    assert (delta.outcome, delta.unit) == ("PROPOSED", town.lots[0])
    proposal = Proposal.objects.get()
    assert (proposal.verb, proposal.state) == ("correct_attributes", "SUBMITTED")
    assert proposal.inputs["answers"] == {"topography": "ROLLING", "telephone": True}
    assert (Ficha.objects.count(), ParcelVersion.objects.count()) == before


def test_the_same_file_twice_is_one_return(town, out):
    out.run("UPDATE parcels SET topography = 'ROLLING' WHERE number = '1'")
    file = out.zipped()
    first, second = take(town, file), take(town, file)
    assert (first.arrival, second.is_repeated) == (second.arrival, True)
    assert [d.pk for d in second.deltas] == [d.pk for d in first.deltas]
    assert (FieldReturn.objects.count(), Proposal.objects.count()) == (1, 1)


def test_a_second_day_brings_only_what_is_new(town, out):
    """The second file says the first day's change again; a wider change of the same predio replaces its proposal."""
    out.run("UPDATE parcels SET topography = 'ROLLING' WHERE number = '1'")
    take(town, out.zipped("lunes"))
    out.run("UPDATE parcels SET access = 'ROAD' WHERE number = '2'")
    tuesday = take(town, out.zipped("martes"))
    assert (tuesday.known, [d.unit for d in tuesday.deltas]) == (1, [town.lots[1]])
    out.run("UPDATE parcels SET telephone = 1 WHERE number = '1'")
    take(town, out.zipped("jueves"))
    states = Proposal.objects.filter(units__unit=town.lots[0]).order_by("prepared_at")
    assert [p.state for p in states] == ["WITHDRAWN", "SUBMITTED"]


def test_the_last_word_of_the_field_counts(town, out):
    """Two values one day after the other, and back to the first: the third return proposes the first again."""
    open_ones = Proposal.objects.filter(state="SUBMITTED")
    for day, told in (("lunes", "ROLLING"), ("martes", "SLOPE_UP"), ("jueves", "ROLLING")):
        out.run("UPDATE parcels SET topography = ? WHERE number = '1'", told)
        taken = take(town, out.zipped(day))
        assert (taken.known, len(taken.deltas)) == (0, 1)
        assert open_ones.get().inputs["answers"] == {"topography": told}


def test_a_value_put_back_takes_its_proposal_back(town, out):
    proposals = Proposal.objects.order_by("prepared_at")
    out.run("UPDATE parcels SET topography = 'ROLLING' WHERE number = '1'")
    take(town, out.zipped("lunes"))
    out.run("UPDATE parcels SET topography = 'FLAT' WHERE number = '1'")
    (delta,) = take(town, out.zipped("martes")).deltas
    assert (delta.outcome, delta.code) == ("KEPT", "put_back")
    assert proposals.get().state == "WITHDRAWN"
    out.run("UPDATE parcels SET topography = 'ROLLING' WHERE number = '2'")
    assert len(take(town, out.zipped("miércoles")).deltas) == 1
    out.run("UPDATE parcels SET topography = 'ROLLING' WHERE number = '1'")
    assert take(town, out.zipped("jueves")).known == 1
    assert [p.state for p in proposals] == ["WITHDRAWN", "SUBMITTED", "SUBMITTED"]


def test_one_value_of_two_put_back_leaves_the_other(town, out):
    out.run("UPDATE parcels SET topography = 'ROLLING', telephone = 1 WHERE number = '1'")
    take(town, out.zipped("lunes"))
    out.run("UPDATE parcels SET topography = 'FLAT' WHERE number = '1'")
    take(town, out.zipped("martes"))
    assert Proposal.objects.get(state="SUBMITTED").inputs["answers"] == {"telephone": True}


def test_what_the_register_changed_meanwhile_is_decided_by_a_person(town, out):
    out.run("UPDATE parcels SET topography = 'ROLLING', telephone = 1 WHERE number = '1'")
    correct(town, {"topography": "SLOPE_UP"})
    (delta,) = take(town, out.zipped()).deltas
    assert delta.outcome == "CONFLICT"
    sides = {c["name"]: (c["held"], c["brought"], c["now"], c["verdict"]) for c in delta.columns}
    assert sides["topography"] == ("FLAT", "ROLLING", "SLOPE_UP", "conflict")
    assert sides["telephone"] == (None, True, None, "taken")
    assert not Proposal.objects.exists()
    with pytest.raises(FieldChoiceUnfit):
        decide_field_delta(delta, take=["telephone"], by=town.technician)
    decision = decide_field_delta(delta, take=["topography"], by=town.technician)
    assert decision.proposal.inputs["answers"] == {"topography": "ROLLING", "telephone": True}
    with pytest.raises(FieldConflictDecided):
        decide_field_delta(delta, take=[], by=town.technician)


def test_values_that_the_ficha_refuses_are_kept_with_the_reason(town, out):
    out.run("UPDATE parcels SET topography = 'Plano', slope_pct = -3, key = 'x' WHERE number = '1'")
    (delta,) = take(town, out.zipped()).deltas
    assert (delta.outcome, delta.code) == ("REJECTED", "columns_refused")
    assert "no está en la lista" in delta.message
    assert {c["name"]: c["brought"] for c in delta.columns}["slope_pct"] == "-3"


def test_a_boundary_moved_by_both_is_an_adjustment(town, out):
    """The line between 1 and 2 moves from x = 20 to x = 21."""
    out.redraw("parcels", town.lots[0].pk, rectangle(0, 0, 21, 20))
    out.redraw("parcels", town.lots[1].pk, rectangle(21, 0, 19, 20))
    deltas = take(town, out.zipped()).deltas
    proposal = Proposal.objects.get()
    assert proposal.verb == "adjust_boundary"
    assert [d.proposal for d in deltas] == [proposal, proposal]
    areas = sorted(float(s["legal_area_m2"]) for s in proposal.preview["after"])
    assert areas == pytest.approx([380, 420])


def test_an_outer_boundary_moved_is_a_rectification(town, out):
    out.redraw("parcels", town.lots[2].pk, rectangle(40, 0, 20, 20.3))
    (delta,) = take(town, out.zipped()).deltas
    proposal = Proposal.objects.get()
    assert (delta.subject, proposal.verb) == ("GROUND", "rectify_area")
    assert proposal.inputs["survey"]["method"] == "GNSS_RTK"
    assert proposal.inputs["survey"]["file_sha256"] == delta.arrival.file_id
    assert not [o for o in proposal.preview["obstacles"] if o["code"] == "survey_missing"]


def test_a_predio_cut_in_two_is_a_split(town, out):
    out.redraw("parcels", town.lots[1].pk, rectangle(20, 0, 8, 20))
    out.draw("parcels", rectangle(28, 0, 12, 20), uuid="nuevo", key=KEYS[1], kind="URBAN")
    deltas = take(town, out.zipped()).deltas
    proposal = Proposal.objects.get()
    assert proposal.verb == "split_parcel"
    assert {d.unit for d in deltas} == {town.lots[1]}


def test_a_lot_drawn_on_free_ground_is_registered(town, out):
    out.draw("parcels", rectangle(70, 0, 10, 20), uuid="nuevo", kind="RURAL")
    out.draw("parcels", rectangle(90, 0, 10, 20), uuid="sin clase")
    deltas = {d.uuid: d for d in take(town, out.zipped()).deltas}
    assert deltas["nuevo"].proposal.verb == "register_parcel"
    assert deltas["sin clase"].code == "no_kind"


def test_ground_that_another_act_moved_is_decided_by_a_person(town, out):
    out.redraw("parcels", town.lots[2].pk, rectangle(40, 0, 20, 20.3))
    filing = complete(town.municipality, "rectify_area")
    told = {"unit": "3", "surveyed": rectangle(40, 0, 20, 20.1).wkt, "survey": {"method": "TAPE"}}
    carry_out_act("rectify_area", told, municipality=town.municipality, filing=filing)
    (delta,) = take(town, out.zipped()).deltas
    assert (delta.outcome, delta.code) == ("CONFLICT", "ground_moved_on")
    assert all(delta.ground[side] for side in ("held", "brought", "now"))
    decision = decide_field_delta(delta, take=["ground"], by=town.technician)
    assert decision.proposal.verb == "rectify_area"


def test_ground_without_a_method_is_asked_for_it(town, out):
    out.redraw("parcels", town.lots[2].pk, rectangle(40, 0, 20, 20.3))
    with pytest.raises(FieldSurveyMissing):
        take(town, out.zipped(), survey=None)
    assert not FieldReturn.objects.exists()


def test_a_building_drawn_is_added_and_one_rubbed_out_demolished(town, out):
    house = {"structure": "WOOD", "floors": 1, "floor_area_m2": 12.5, "roof": "ZINC"}
    out.draw("buildings", rectangle(25, 5, 5, 2.5), uuid="casa", **house)
    out.run("DELETE FROM buildings WHERE uuid = ?", str(town.house.building_id))
    take(town, out.zipped())
    added, gone = Proposal.objects.order_by("verb")
    assert (added.verb, gone.verb) == ("add_building", "demolish_building")
    assert added.inputs["unit"] == str(town.lots[1].pk)
    assert gone.inputs["building"] == str(town.house.building_id)


def test_a_building_seen_otherwise_is_corrected(town, out):
    house = str(town.house.building_id)
    out.run("UPDATE buildings SET structure = 'BRICK', bathrooms = 3 WHERE uuid = ?", house)
    out.redraw("buildings", house, rectangle(2, 2, 8, 9))
    take(town, out.zipped())
    told = [proposal.inputs for proposal in Proposal.objects.filter(verb="correct_building")]
    changes = {name: value for one in told for name, value in one["changes"].items()}
    assert changes.pop("footprint").startswith("MULTIPOLYGON")
    assert changes == {"structure": "BRICK", "components": {"bathrooms": "3"}}
    assert {one["building"] for one in told} == {house}


def test_floors_told_in_the_field_keep_the_materials_that_the_office_knows(town, tmp_path):
    of_house = {"building": town.house, "number": 1}
    BuildingFloor.objects.create(floor_area_m2=64, components={"floor_finish": "WOOD"}, **of_house)
    town.out = town.package()
    out = InTheField(town.out, tmp_path)
    out.run("UPDATE floors SET area_m2 = 70 WHERE building = ?", str(town.house.building_id))
    take(town, out.zipped())
    (floor,) = Proposal.objects.get(verb="correct_building").inputs["changes"]["floors"]
    assert (floor["area_m2"], floor["components"]) == ("70", {"floor_finish": "WOOD"})


def test_photographs_are_kept_and_cited_by_the_ficha(town, out):
    picture = out.root / "DCIM" / "frente.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 40)
    (out.root / "DCIM" / "truco.jpg").write_bytes(b"#!/bin/sh")
    row = "INSERT INTO photographs (uuid, unit, path, shows) VALUES (?, ?, ?, 'FRONT')"
    out.run(row, "f1", str(town.lots[0].pk), "DCIM/frente.jpg")
    out.run(row, "f2", str(town.lots[0].pk), "DCIM/otra.jpg")
    arrival = take(town, out.zipped()).arrival
    kept = FieldPicture.objects.get()
    answers = Proposal.objects.get().inputs["answers"]["photographs"]
    assert answers == [{"sha256": kept.file_id, "shows": "FRONT"}]
    assert arrival.report["photographs_missing"] == ["DCIM/otra.jpg"]
    assert arrival.report["photographs_refused"][0].endswith("truco.jpg")


def test_rows_of_a_ficha_come_back_as_a_list(town, out):
    row = "INSERT INTO permits (uuid, unit, kind, number) VALUES (?, ?, 'CONSTRUCTION', '12')"
    out.run(row, "p1", str(town.lots[0].pk))
    out.run(row, "p2", "nadie")
    deltas = take(town, out.zipped()).deltas
    assert {d.subject: d.outcome for d in deltas} == {"DATA": "PROPOSED", "ROW": "REJECTED"}
    assert Proposal.objects.get().inputs["answers"] == {
        "permits": [{"kind": "CONSTRUCTION", "number": "12"}]
    }


def test_a_delta_file_says_the_same_as_the_geopackage(town, out, tmp_path):
    change = {
        "uuid": "d-1",
        "method": "patch",
        "localLayerId": "parcels_field",
        "sourceLayerId": "parcels_field",
        "localPk": "1",
        "sourcePk": "1",
        "old": {"attributes": {"topography": "FLAT"}},
        "new": {"attributes": {"topography": "ROLLING"}},
    }
    more = {**change, "uuid": "d-2", "old": {}, "new": {"attributes": {"telephone": True}}}
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    first.write_text(json.dumps({"version": "1.0", "deltas": [change]}))
    second.write_text(json.dumps({"version": "1.0", "deltas": [change, more]}))
    number = FieldDelta.objects.count
    take(town, first)
    assert (number(), take(town, first).is_repeated) == (1, True)
    take(town, second)
    latest = Proposal.objects.get(state="SUBMITTED")
    assert set(latest.inputs["answers"]) == {"topography", "telephone"}
    assert Proposal.objects.filter(state="WITHDRAWN").count() == 1


def test_a_predio_or_vertex_is_not_rubbed_out_in_the_field(town, out):
    out.run("DELETE FROM parcels WHERE number = '3'")
    out.run("DELETE FROM boundary_points WHERE number = '1'")
    outcomes = {d.subject: d.outcome for d in take(town, out.zipped()).deltas}
    assert outcomes == {"DATA": "REJECTED", "POINT": "REJECTED"}


def test_a_file_of_another_package_or_of_none(town, out, tmp_path):
    other = InTheField(town.package(), tmp_path / "otro")
    with pytest.raises(NotThisPackage):
        take(town, other.zipped())
    text = tmp_path / "nota.gpkg"
    text.write_text("hola")
    with pytest.raises(FileRefused):
        take(town, text)


def test_a_closed_package_receives_nothing_more(town, out):
    out.run("UPDATE parcels SET topography = 'ROLLING' WHERE number = '1'")
    file = out.zipped()
    take(town, file, is_last=True)
    assert take(town, file).is_repeated
    out.run("UPDATE parcels SET telephone = 1 WHERE number = '1'")
    with pytest.raises(FieldPackageClosed):
        take(town, out.zipped("tarde"))
    with pytest.raises(FieldPackageClosed):
        close_field_package(town.out, how="UNUSED", by=town.technician)


def test_a_rehearsal_leaves_nothing(town, out):
    out.run("UPDATE parcels SET topography = 'ROLLING' WHERE number = '1'")
    taken = take(town, out.zipped(), commit=False)
    assert [d.outcome for d in taken.deltas] == ["PROPOSED"]
    assert not FieldReturn.objects.exists()
    assert not Proposal.objects.exists()


def test_who_may(town, out):
    file = out.zipped()
    for who in (town.carrier, staff.appoint(people.INES, "auditor", town.municipality)):
        with pytest.raises(NotAllowed):
            take_field_package(town.out, file=file, name="x", by=who)


def correct(town, answers):
    """Another official corrects lot 1 meanwhile."""
    filing = complete(town.municipality, "correct_attributes")
    told = {"unit": "1", "was_always_so": False, "answers": answers}
    carry_out_act("correct_attributes", told, municipality=town.municipality, filing=filing)

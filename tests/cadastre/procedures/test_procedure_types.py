"""The tables of the types: whole, without dead ends, and each word in them known to the house."""

from datetime import date
from pathlib import Path

import pytest

from cadastre.acts.act_law import act_law
from cadastre.models import AdministrativeSource
from cadastre.procedures import procedure_type as types
from cadastre.procedures.check_type import reachable
from cadastre.procedures.flow_drawing import draw_flow
from cadastre.procedures.procedure_type import (
    TYPES_FOLDER,
    MalformedType,
    UnknownType,
    procedure_type,
    procedure_types,
    read_type,
)
from gis_project.territory.models import PaperKind
from gis_project.territory.roles import capabilities, shipped_roles

TYPES = list(procedure_types().values())
each_type = pytest.mark.parametrize("found", TYPES, ids=lambda found: found.code)
CLAIM = (TYPES_FOLDER / "claim.toml").read_text(encoding="utf-8")


def test_all_types_of_the_counter_are_there():
    assert set(procedure_types()) == {
        "transfer_notice",
        "cadastral_update",
        "subdivision",
        "merge",
        "area_rectification",
        "parcel_mapping",
        "condominium",
        "new_building",
        "building_correction",
        "complementary_work",
        "certificate",
        "planning_report",
        "claim",
        "office_correction",
    }


@each_type
def test_every_state_is_reached_and_none_is_a_dead_end(found):
    codes = {state.code for state in found.states}
    assert reachable(found) == codes == reachable(found, backwards=True)
    for state in found.states:
        assert state.is_final != bool(found.steps_from(state.code))


@each_type
def test_every_step_names_a_capability_that_some_role_has(found):
    held = {name for role in shipped_roles() for name in role.capabilities}
    for step in found.transitions:
        assert step.capability in capabilities()
        assert step.capability in held


@each_type
def test_every_document_is_of_a_kind_that_the_register_knows(found):
    for requirement in found.requirements:
        assert set(requirement.kinds) <= set(AdministrativeSource.Kind.values)


@each_type
def test_every_paper_is_one_that_the_municipality_issues(found):
    asked = {kind for step in found.transitions for kind in step.papers}
    assert asked <= set(PaperKind.values)


@each_type
def test_what_the_act_demands_is_asked_at_the_counter(found):
    """Somebody who brings all that the list asks for can have the act made (causes aside)."""
    if found.verb in ("", "transfer_rights"):
        return
    asked = {kind for one in found.requirements for kind in one.kinds}
    for requirement in act_law(found.verb, on=date(2026, 3, 2)).requirements:
        assert asked & set(requirement.any_of), requirement.why


@each_type
def test_a_type_cites_its_law_and_says_how_far_it_is_verified(found):
    assert "sin verificar" in found.citation
    assert 0 < found.first_days <= found.days


@each_type
def test_who_prepares_does_not_approve(found):
    for step in found.transitions:
        if step.proposal == "APPROVED":
            assert step.capability == "approve_operations"


@each_type
def test_the_drawing_shows_every_state_and_every_arrow(found):
    drawing = draw_flow(found)
    assert [box.title for box in drawing.boxes] == [state.title for state in found.states]
    assert len(drawing.arrows) == sum(len(step.origins) for step in found.transitions)
    for box in drawing.boxes:
        assert 0 <= box.x <= drawing.width - drawing.box_width
        assert 0 <= box.y <= drawing.height - drawing.box_height
    assert all(0 < arrow.x < drawing.width for arrow in drawing.arrows)


def test_an_unknown_type_is_told_with_the_known_ones():
    with pytest.raises(UnknownType, match="transfer_notice"):
        procedure_type("passport")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('to = "legal_review"', 'to = "lost"', "nombra «lost»"),
        ('from = ["legal_review"], to = "for_resolution"', 'from = ["legal_review"], to = "received"',
         "no se llega a «for_resolution»"),
        ('step = "advise"', 'step = "notify"', "reservado"),
        ('not_by = "report"', 'not_by = "dream"', "que no existe"),
        ('code = "evidence"', 'code = "claim"', "está dos veces"),
        ('ticks_from = "manual"', 'ticks_from = "luck"', "se cumple por «luck»"),
        ('verb = ""', 'verb = "fly"', "no existe el acto"),
        ('verb = ""', 'verb = "split_parcel"', "no corresponden al acto"),
        ('purpose = ', 'porpoise = ', "falta o está mal"),
    ],
)  # fmt: skip
def test_a_broken_table_is_refused(old, new, fault, tmp_path: Path):
    assert old in CLAIM
    path = tmp_path / "claim.toml"
    path.write_text(CLAIM.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MalformedType, match=fault):
        read_type(path)


def test_the_folder_holds_nothing_that_is_not_read():
    assert {path.stem for path in TYPES_FOLDER.glob("*")} == set(types.procedure_types())

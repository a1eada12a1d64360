"""From a draft to the register: prepared by one, approved by another, effective with its documents."""

import pytest
from shapely import LineString, to_wkt

from cadastre.acts.act_inputs import InputsRefused
from cadastre.acts.act_law import UnknownAct
from cadastre.acts.required_sources import SourcesMissing
from cadastre.models import Operation, ParcelVersion, Party, PartyIdentity, Proposal
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.decide_proposal import (
    NoteMissing,
    OwnPredio,
    ProposalNotThere,
    SamePerson,
    approve_proposal,
    return_proposal,
    withdraw_proposal,
)
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.perform import SecondPersonNeeded
from cadastre.operations.deed.rows import RegisterMovedOn
from cadastre.operations.make_effective import NotApproved, make_effective
from cadastre.operations.prepare_proposal import prepare_proposal
from cadastre.operations.transfer_rights import Taker, transfer_rights
from gis_project.core.errors import NotAllowed
from tests import filings, people, register, staff
from tests.shapes import at, square

pytestmark = pytest.mark.django_db
CUT = to_wkt(LineString([at(10, -10), at(10, 30)]))


@pytest.fixture
def scene():
    town = register.town()
    act = register.operation(town)
    lot = register.predio(act, square(), "170350010100100100000000", number="7")
    register.holder(act, lot, "Tomás", people.TOMAS.cedula, share=1)
    rosa = staff.appoint(people.ROSA, "cadastre_technician", town)
    vera = staff.appoint(people.VERA, "cadastre_chief", town)
    return town, lot, rosa, vera


def proposed(town, by):
    told = {"unit": "7", "cut": {"by": "lines", "lines": [CUT]}}
    return prepare_proposal("split_parcel", told, municipality=town, by=by, reason="Partición")


def papers(town):
    return list(filings.complete(town, "split_parcel").sources)


def test_the_whole_way(scene):
    town, _, rosa, vera = scene
    before = ParcelVersion.objects.count()
    proposal = proposed(town, rosa)
    assert ParcelVersion.objects.count() == before
    assert [o["code"] for o in proposal.preview["obstacles"]] == ["sources_missing"] * 2
    assert proposal.ground.area == pytest.approx(400)
    approve_proposal(proposal, by=vera)
    with pytest.raises(SourcesMissing):
        make_effective(proposal, by=rosa)
    outcome = make_effective(proposal, by=rosa, sources=papers(town))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.operation_id) == ("EFFECTIVE", outcome.operation_id)
    assert [event.state for event in proposal.events.all()] == [
        "SUBMITTED",
        "APPROVED",
        "EFFECTIVE",
    ]
    assert Operation.objects.get(pk=outcome.operation_id).made_by == rosa


def test_nobody_approves_his_own_proposal(scene):
    town, _, _, vera = scene
    proposal = proposed(town, vera)
    with pytest.raises(SamePerson):
        approve_proposal(proposal, by=vera)


def test_a_technician_does_not_approve(scene):
    town, _, rosa, vera = scene
    with pytest.raises(NotAllowed):
        approve_proposal(proposed(town, vera), by=rosa)


def test_nobody_approves_a_change_of_his_own_predio(scene):
    town, lot, rosa, vera = scene
    owner = Party.objects.create(municipality=town, kind="NATURAL")
    PartyIdentity.objects.create(
        party=owner,
        municipality=town,
        full_name="Vera",
        search_name="VERA",
        id_kind="CEDULA",
        id_number=vera.cedula,
    )
    transfer_rights(
        unit=lot,
        cause="SALE",
        givers=[],
        takers=[Taker(party=owner, share=1)],
        filing=filings.complete(town, "transfer_rights", cause="SALE"),
    )
    with pytest.raises(OwnPredio):
        approve_proposal(proposed(town, rosa), by=vera)


def test_without_approval_or_proposal_it_does_not_enter(scene):
    town, _, rosa, vera = scene
    with pytest.raises(NotApproved):
        make_effective(proposed(town, rosa), by=rosa, sources=papers(town))
    with pytest.raises(SecondPersonNeeded):
        carry_out_act(
            "split_parcel",
            {"unit": "7", "cut": {"by": "lines", "lines": [CUT]}},
            municipality=town,
            filing=Filing(by=vera, reason="sola", sources=papers(town)),
        )


def test_a_predio_that_changed_meanwhile_stops_it(scene):
    town, lot, rosa, vera = scene
    proposal = proposed(town, rosa)
    approve_proposal(proposal, by=vera)
    buyer = Party.objects.create(municipality=town, kind="NATURAL")
    transfer_rights(
        unit=lot,
        cause="SALE",
        givers=[],
        takers=[Taker(party=buyer, share=1)],
        filing=filings.complete(town, "transfer_rights", cause="SALE"),
    )
    with pytest.raises(RegisterMovedOn):
        make_effective(proposal, by=rosa, sources=papers(town))
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.APPROVED


def test_it_is_returned_with_a_remark_and_withdrawn(scene):
    town, _, rosa, vera = scene
    proposal = proposed(town, rosa)
    with pytest.raises(NoteMissing):
        return_proposal(proposal, by=vera, note=" ")
    return_proposal(proposal, by=vera, note="Falta el retiro.")
    with pytest.raises(ProposalNotThere):
        approve_proposal(proposal, by=vera)
    withdraw_proposal(proposal, by=rosa)
    with pytest.raises(ProposalNotThere):
        withdraw_proposal(proposal, by=rosa)


def test_unknown_members_and_acts_are_refused(scene):
    town, _, rosa, _ = scene
    ask = {"municipality": town, "by": rosa, "reason": "x"}
    with pytest.raises(UnknownAct):
        prepare_proposal("delete_parcel", {"unit": "7"}, **ask)
    with pytest.raises(InputsRefused, match="cut"):
        prepare_proposal("split_parcel", {"unit": "7"}, **ask)
    told = {"unit": "7", "cut": {"by": "lines", "lines": [CUT]}, "estado": "x"}
    with pytest.raises(InputsRefused, match="estado"):
        prepare_proposal("split_parcel", told, **ask)

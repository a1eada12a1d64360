"""From a draft to the register: prepared by one, approved by another, effective with its documents."""

from fractions import Fraction

import pytest
from shapely import LineString, to_wkt

from cadastre.acts.act_inputs import InputsRefused
from cadastre.acts.act_law import UnknownAct
from cadastre.acts.required_sources import SourcesMissing
from cadastre.models import Operation, ParcelVersion, Party, PartyIdentity, PropertyUnit, Proposal
from cadastre.models.party_member import PartyMember
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.decide_proposal import (
    ApproverWithoutDocument,
    NotAsPrepared,
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
from cadastre.operations.make_effective import NotApproved, NotAsApproved, make_effective
from cadastre.operations.merge_parcels import merge_parcels
from cadastre.operations.prepare_proposal import prepare_proposal
from cadastre.operations.register_encumbrance import NewEncumbrance, register_encumbrance
from cadastre.operations.transfer_rights import Taker, transfer_rights
from gis_project.core.errors import NotAllowed
from tests import filings, people, register, staff
from tests.cadastre.operations.ground_scenes import key, opened
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
    assert proposal.place.ground.area == pytest.approx(400)
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


def identity(party, document, id_kind="CEDULA"):
    PartyIdentity.objects.create(
        party=party,
        municipality=party.municipality,
        full_name="Vera",
        search_name="VERA",
        id_kind=id_kind,
        id_number=document,
    )
    return party


def test_nobody_approves_a_change_of_the_predio_of_his_ruc(scene):
    town, lot, rosa, vera = scene
    shop = identity(
        Party.objects.create(municipality=town, kind="NATURAL"), f"{vera.cedula}001", "RUC"
    )
    register.holder(register.operation(town), lot, "", share=None, kind="USUFRUCT", party=shop)
    with pytest.raises(OwnPredio):
        approve_proposal(proposed(town, rosa), by=vera)


def test_nobody_approves_a_change_of_the_predio_of_a_group_that_he_belongs_to(scene):
    town, lot, rosa, vera = scene
    act = register.operation(town)
    family, heirs = (Party.objects.create(municipality=town, kind="HEIRS") for _ in range(2))
    member = identity(Party.objects.create(municipality=town, kind="NATURAL"), vera.cedula)
    PartyMember.objects.create(group=family, member=heirs, **opened(act))
    PartyMember.objects.create(group=heirs, member=member, **opened(act))
    register.holder(act, lot, "", share=None, kind="USUFRUCT", party=family)
    with pytest.raises(OwnPredio):
        approve_proposal(proposed(town, rosa), by=vera)


def test_nobody_approves_what_makes_him_a_holder(scene):
    town, _, rosa, vera = scene
    buyer = identity(Party.objects.create(municipality=town, kind="NATURAL"), vera.cedula)
    told = {"unit": "7", "cause": "SALE", "takers": [{"party": str(buyer.pk), "share": "1"}]}
    proposal = prepare_proposal(
        "transfer_rights", told, municipality=town, by=rosa, reason="Compraventa"
    )
    with pytest.raises(OwnPredio, match="llegaría"):
        approve_proposal(proposal, by=vera)


def test_an_account_without_cedula_does_not_approve(scene):
    town, _, rosa, vera = scene
    vera.cedula = None
    vera.save()
    with pytest.raises(ApproverWithoutDocument, match="cédula"):
        approve_proposal(proposed(town, rosa), by=vera)


def test_what_was_approved_for_a_lot_is_not_done_to_the_predio_that_took_its_key(scene):
    town, *_, rosa, vera = scene
    act = register.operation(town)
    west = register.predio(act, square(100), key(8))
    east = register.predio(act, square(120), key(9))
    ines = register.holder(act, west, "Inés", people.INES.cedula, share=Fraction(1)).party
    register.holder(act, east, "", share=Fraction(1), party=ines)
    proposal = prepare_proposal(
        "retire_parcel", {"unit": key(8)}, municipality=town, by=rosa, reason="Ingresado dos veces"
    )
    approve_proposal(proposal, by=vera)
    merged = merge_parcels(
        units=[west, east], key=key(8), filing=filings.complete(town, "merge_parcels")
    ).after[-1]
    assert merged.legal_area_m2 == 800
    with pytest.raises(NotAsApproved, match="otro predio"):
        make_effective(proposal, by=rosa, sources=filings.complete(town, "retire_parcel").sources)
    assert PropertyUnit.objects.get(pk=merged.unit_id).state == "ACTIVE"


def test_what_was_prepared_for_a_lot_is_not_approved_for_the_predio_that_took_its_key(scene):
    town, *_, rosa, vera = scene
    act = register.operation(town)
    west = register.predio(act, square(100), key(8))
    east = register.predio(act, square(120), key(9))
    ines = register.holder(act, west, "Inés", people.INES.cedula, share=Fraction(1)).party
    register.holder(act, east, "", share=Fraction(1), party=ines)
    proposal = prepare_proposal(
        "retire_parcel", {"unit": key(8)}, municipality=town, by=rosa, reason="Ingresado dos veces"
    )
    merge_parcels(units=[west, east], key=key(8), filing=filings.complete(town, "merge_parcels"))
    with pytest.raises(NotAsPrepared, match="otro predio"):
        approve_proposal(proposal, by=vera)


def test_a_predio_that_changed_since_it_was_prepared_is_not_approved(scene):
    town, lot, rosa, vera = scene
    proposal = proposed(town, rosa)
    filing = filings.complete(town, "register_encumbrance")
    claim = NewEncumbrance(kind="CLAIM")
    register_encumbrance(units=[lot], encumbrance=claim, filing=filing)
    with pytest.raises(RegisterMovedOn):
        approve_proposal(proposal, by=vera)


@pytest.mark.parametrize(
    ("fact", "approved"),
    [
        ("state", "OBSERVED"),
        ("encumbrances", [["5f2d1c1e-0000-4000-8000-000000000000", "MORTGAGE", "9000.00"]]),
        ("titled_area_m2", "399.0000"),
        ("aliquot", "0.5000000000"),
        ("is_taxable", False),
        ("rights", []),
        ("geom_hash", "0"),
    ],
)
def test_it_is_done_as_approved_or_not_at_all(scene, fact, approved):
    town, _, rosa, vera = scene
    proposal = approve_proposal(proposed(town, rosa), by=vera)
    proposal.preview["after"][-1][fact] = approved
    proposal.save()
    with pytest.raises(NotAsApproved):
        make_effective(proposal, by=rosa, sources=papers(town))


def test_a_burden_that_the_act_itself_makes_has_another_id_than_in_the_preview(scene):
    town, _, rosa, _ = scene
    proposal = prepare_proposal(
        "register_encumbrance",
        {"unit": "7", "kind": "CLAIM"},
        municipality=town,
        by=rosa,
        reason="x",
    )
    sources = filings.complete(town, "register_encumbrance").sources
    (after,) = make_effective(proposal, by=rosa, sources=sources).after
    assert [kind for _, kind, _ in after.encumbrances] == ["CLAIM"]


def test_a_correction_of_all_the_past_waits_for_its_approval(scene):
    town, _, rosa, _ = scene
    told = {"unit": "7", "was_always_so": True, "attributes": {"address": "Calle B"}}
    proposal = prepare_proposal("correct_attributes", told, municipality=town, by=rosa, reason="x")
    with pytest.raises(NotApproved):
        make_effective(
            proposal, by=rosa, sources=filings.complete(town, "correct_attributes").sources
        )


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


@pytest.mark.parametrize("how", ["himself", "his document", "a member"])
def test_nobody_approves_a_correction_of_his_own_data(scene, how):
    town, _, rosa, vera = scene
    own = identity(Party.objects.create(municipality=town, kind="NATURAL"), vera.cedula)
    family = identity(Party.objects.create(municipality=town, kind="HEIRS"), "", "NONE")
    other = identity(Party.objects.create(municipality=town, kind="NATURAL"), "", "NONE")
    told = {
        "himself": {"party": own.pk, "changes": {"full_name": "Vera Iza"}},
        "his document": {"party": other.pk, "changes": {"document": f"{vera.cedula}001"}},
        "a member": {"party": family.pk, "changes": {"members": [{"party": str(own.pk)}]}},
    }[how]
    told["party"] = str(told["party"])
    proposal = prepare_proposal(
        "correct_party", told, municipality=town, by=rosa, reason="Corrección"
    )
    with pytest.raises(OwnPredio):
        approve_proposal(proposal, by=vera)

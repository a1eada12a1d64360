"""Procedures from the counter to their end: who may take which step, what is missing, and what it does."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from cadastre.models import (
    Procedure,
    ProcedureAmount,
    ProcedureEvent,
    Proposal,
    Right,
    TaxTitle,
)
from cadastre.operations.decide_proposal import (
    NoteMissing,
    SamePerson,
    approve_proposal,
    return_proposal,
    withdraw_proposal,
)
from cadastre.operations.make_effective import make_effective
from cadastre.operations.notify_applicant import NoAddress, NoticeEmpty, notify_applicant
from cadastre.operations.prepare_proposal import prepare_proposal
from cadastre.operations.receive_procedure import Applicant, ProcedureIncomplete
from cadastre.operations.take_procedure_step import (
    Amount,
    AmountsMissing,
    Change,
    NoSuchStep,
    ProposalMissing,
    RequirementsMissing,
    StepNotHere,
    take_procedure_step,
)
from cadastre.operations.tick_requirement import (
    ProcedureClosed,
    TickRefused,
    UnknownRequirement,
    tick_requirement,
)
from cadastre.procedures.procedure_type import UnknownType, procedure_types
from cadastre.queries.procedures import (
    ProcedureNotFound,
    find_procedure,
    procedures_seen_by,
    proposals_for,
    waiting_for,
)
from cadastre.queries.requirement_states import requirement_states
from gis_project.core.business_days import add_business_days, business_days_between
from gis_project.core.errors import NotAllowed
from gis_project.territory.clock import today_in
from gis_project.territory.models import AuditEvent
from gis_project.territory.roles import shipped_roles
from tests import filings, people
from tests.cadastre.operations.counter_town import SECRET, Counter

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)  # a Monday
PAID = {"alcabala": Amount(amount=Decimal("850.00"), receipt="0012"),
        "utilidad": Amount(amount=Decimal(0))}  # fmt: skip


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def day(monkeypatch) -> list[date]:
    """The civil date of the office; a test moves it on."""
    held = [TODAY]
    for module in ("receive_procedure", "advance_procedure"):
        monkeypatch.setattr(f"cadastre.operations.{module}.today_in", lambda town: held[0])
    return held


def walk(procedure: Procedure, counter: Counter, *steps: tuple[str, str], **fields) -> Procedure:
    for desk, step in steps:
        procedure = take_procedure_step(procedure, step, by=counter.staff[desk], **fields)
    return procedure


def updating(counter: Counter) -> Procedure:
    """An update with all its papers, in review."""
    asked = counter.receive("cadastral_update", "DEED", "INSCRIPTION")
    tick_requirement(asked, "identity", by=counter.staff["clerk"])
    return walk(asked, counter, ("clerk", "review"))


def proposed(counter: Counter) -> Procedure:
    return walk(
        updating(counter), counter, ("technician", "propose"), change=Change(inputs=counter.sale())
    )


def test_received_with_number_code_and_terms(counter, day):
    first = counter.receive("claim")
    second = counter.receive("cadastral_update")
    assert [first.number, second.number] == ["2026-000001", "2026-000002"]
    assert first.code != second.code
    assert len(first.code) == 11
    assert (second.state, second.due_on, second.promised_on) == (
        "received",
        date(2026, 3, 3),
        add_business_days(TODAY, 8),
    )
    assert [event.step for event in second.events.all()] == ["receive"]


def test_nobody_receives_what_is_incomplete_or_unknown(counter):
    with pytest.raises(ProcedureIncomplete, match="predio"):
        counter.receive("cadastral_update", units=[])
    with pytest.raises(ProcedureIncomplete, match="nombres"):
        counter.receive("claim", applicant=Applicant(full_name="  "))
    with pytest.raises(UnknownType):
        counter.receive("passport")
    for desk in ("revenue", "stranger", "lawyer"):
        with pytest.raises(NotAllowed):
            counter.receive("claim", by=counter.staff[desk])
    assert Procedure.objects.count() == 0


def test_the_notary_brings_the_notice_and_the_office_begins_its_own_correction(counter):
    counter.receive("transfer_notice", by=counter.staff["notary"])
    counter.receive("office_correction", by=counter.staff["technician"])
    with pytest.raises(NotAllowed):
        counter.receive("claim", by=counter.staff["technician"])


def test_notice_of_transfer_to_the_end(counter):
    asked = counter.receive("transfer_notice", "ENCUMBRANCE_CERTIFICATE", "OWNERS_ACT")
    asked = walk(asked, counter, ("clerk", "review"))
    with pytest.raises(RequirementsMissing, match="Documento de identidad"):
        walk(asked, counter, ("technician", "confirm"))
    tick_requirement(asked, "identity", by=counter.staff["clerk"])
    asked = walk(asked, counter, ("technician", "confirm"))
    with pytest.raises(AmountsMissing):
        walk(asked, counter, ("revenue", "liquidate"))
    unpaid = {**PAID, "alcabala": Amount(amount=Decimal(850))}
    with pytest.raises(AmountsMissing, match="comprobante"):
        walk(asked, counter, ("revenue", "liquidate"), amounts=unpaid)
    asked = walk(asked, counter, ("revenue", "liquidate"), amounts=PAID)
    assert list(asked.amounts.values_list("concept", "amount", "receipt")) == [
        ("alcabala", Decimal("850.00"), "0012"),
        ("utilidad", Decimal("0.00"), ""),
    ]
    asked = walk(asked, counter, ("clerk", "deliver"))
    assert (asked.state, asked.due_on) == ("done", None)
    assert asked.closed_at is not None
    with pytest.raises(ProcedureClosed):
        walk(asked, counter, ("clerk", "deliver"))
    with pytest.raises(ProcedureClosed):
        tick_requirement(asked, "former_deed", by=counter.staff["clerk"])


def test_from_the_inscription_to_the_register(counter):
    asked = proposed(counter)
    assert asked.state == "for_approval"
    assert asked.proposal.state == "SUBMITTED"
    assert asked.proposal.sources.count() == 2
    with pytest.raises(NotAllowed):
        walk(asked, counter, ("technician", "approve"))
    asked = walk(asked, counter, ("chief", "approve"), ("technician", "register"))
    assert (asked.state, asked.proposal.state) == ("done", "EFFECTIVE")
    assert list(
        Right.objects.known().filter(unit=counter.lot, valid__upper_inf=True).values_list("party")
    ) == [(counter.buyer.pk,)]
    assert [event.step for event in asked.events.exclude(step="tick")] == [
        "receive",
        "review",
        "propose",
        "approve",
        "register",
    ]


def test_the_procedure_follows_its_proposal_through_the_other_door(counter):
    asked = proposed(counter)
    approve_proposal(asked.proposal, by=counter.staff["chief"])
    asked.refresh_from_db()
    assert asked.state == "approved"
    make_effective(asked.proposal, by=counter.staff["technician"])
    asked.refresh_from_db()
    assert asked.state == "done"
    assert asked.closed_at is not None


def test_a_proposal_that_was_ahead_carries_the_procedure_on(counter):
    ahead = prepare_proposal(
        "transfer_rights",
        counter.sale(),
        municipality=counter.town,
        by=counter.staff["technician"],
        reason="venta",
    )
    approve_proposal(ahead, by=counter.staff["chief"])
    asked = updating(counter)
    assert list(proposals_for(asked)) == [ahead]
    asked = walk(asked, counter, ("technician", "propose"), change=Change(proposal=ahead))
    assert asked.state == "approved"
    assert ahead.sources.count() == 2


@pytest.mark.parametrize("step", [return_proposal, withdraw_proposal])
def test_returned_or_withdrawn_work_is_done_again(counter, step):
    asked = proposed(counter)
    first = asked.proposal
    step(first, by=counter.staff["chief"], note="falta la cónyuge")
    asked.refresh_from_db()
    assert asked.state == "in_review"
    asked = walk(asked, counter, ("technician", "propose"), change=Change(inputs=counter.sale()))
    first.refresh_from_db()
    assert (first.state, asked.proposal.state) == ("WITHDRAWN", "SUBMITTED")
    assert asked.proposal.pk != first.pk


def test_a_withdrawn_procedure_leaves_no_open_proposal(counter):
    asked = walk(proposed(counter), counter, ("technician", "abandon"), note="desiste")
    assert asked.state == "withdrawn"
    assert Proposal.objects.get().state == "WITHDRAWN"


def test_only_a_fitting_proposal_is_taken(counter):
    asked = updating(counter)
    with pytest.raises(ProposalMissing):
        walk(asked, counter, ("technician", "propose"))
    taken = proposed(counter).proposal
    with pytest.raises(ProposalMissing):
        walk(asked, counter, ("technician", "propose"), change=Change(proposal=taken))


def test_debts_stop_and_are_asked_anew(counter, monkeypatch):
    asked = updating(counter)
    owed = [("2026-U-000001",)]
    monkeypatch.setattr(
        "cadastre.queries.requirement_states.open_debts", lambda unit, on: tuple(owed)
    )
    with pytest.raises(RequirementsMissing, match="No adeudar"):
        walk(asked, counter, ("technician", "propose"), change=Change(inputs=counter.sale()))
    with pytest.raises(TickRefused):
        tick_requirement(asked, "no_debt", by=counter.staff["clerk"])
    owed.clear()
    walk(asked, counter, ("technician", "propose"), change=Change(inputs=counter.sale()))
    assert TaxTitle.objects.count() == 0


@pytest.mark.parametrize(
    ("paper", "cause", "is_asked"),
    [
        ("COURT_ORDER", "PRESCRIPTION", False),
        ("RESOLUTION", "EXPROPRIATION", False),
        ("RESOLUTION", "AWARD", True),
        ("DEED", "SALE", True),
    ],
)
def test_no_debt_is_asked_where_the_law_of_the_act_asks_it(
    counter, monkeypatch, paper, cause, is_asked
):
    monkeypatch.setattr(
        "cadastre.queries.requirement_states.open_debts", lambda unit, on: ("2026-U-000001",)
    )
    asked = counter.receive("cadastral_update", paper, "INSCRIPTION")
    tick_requirement(asked, "identity", by=counter.staff["clerk"])
    asked = walk(asked, counter, ("clerk", "review"))
    change = Change(inputs=counter.sale() | {"cause": cause})
    if is_asked:
        with pytest.raises(RequirementsMissing, match="No adeudar"):
            walk(asked, counter, ("technician", "propose"), change=change)
        return
    moved = walk(asked, counter, ("technician", "propose"), change=change)
    states = requirement_states(moved, on=today_in(counter.town))
    (told,) = (one for one in states if one.requirement.code == "no_debt")
    assert told.how == ("EXCUSED" if paper == "COURT_ORDER" else "")


def test_ticks_come_from_data_papers_and_people_and_can_be_undone(counter):
    asked = counter.receive("cadastral_update", "DEED")
    today = today_in(counter.town)

    def met() -> dict[str, str]:
        states = requirement_states(asked, on=today)
        return {one.requirement.code: one.how for one in states if one.is_met}

    assert met() == {"registered": "HOLDS", "no_debt": "OPEN_DEBTS", "deed": "SOURCE"}
    clerk = counter.staff["clerk"]
    with pytest.raises(TickRefused, match="documento"):
        tick_requirement(asked, "inscription", by=clerk)
    with pytest.raises(TickRefused, match="clase"):
        tick_requirement(asked, "inscription", by=clerk, source=counter.paper("DEED"))
    with pytest.raises(UnknownRequirement):
        tick_requirement(asked, "passport", by=clerk)
    with pytest.raises(NotAllowed):
        tick_requirement(asked, "identity", by=counter.staff["lawyer"])
    tick_requirement(asked, "identity", by=clerk)
    assert met()["identity"] == "MANUAL"
    tick_requirement(asked, "deed", by=clerk, undo=True)
    assert "deed" not in met()


def test_a_paper_that_nobody_asked_for_is_refused(counter):
    with pytest.raises(TickRefused, match="partida de defunción"):
        counter.receive("claim", "DEATH_CERTIFICATE")
    assert Procedure.objects.count() == 0


def test_waiting_for_the_applicant_stops_the_office_s_term(counter, day):
    asked = walk(counter.receive("claim"), counter, ("clerk", "review"))
    promised = asked.promised_on
    with pytest.raises(NoteMissing):
        walk(asked, counter, ("technician", "observe"))
    asked = walk(asked, counter, ("technician", "observe"), note="falta la escritura")
    assert asked.due_on is None
    day[0] = TODAY + timedelta(days=7)
    asked = walk(asked, counter, ("clerk", "amend"))
    assert business_days_between(promised, asked.promised_on) == 5
    assert asked.due_on == add_business_days(day[0], 10)


def test_who_reported_does_not_resolve(counter):
    asked = counter.receive("claim", "REQUEST")
    tick_requirement(asked, "identity", by=counter.staff["clerk"])
    asked = walk(asked, counter, ("clerk", "review"))
    asked = walk(asked, counter, ("chief", "report"), ("lawyer", "advise"), note="informe")
    with pytest.raises(SamePerson):
        walk(asked, counter, ("chief", "accept"), note="se acepta")
    assert Procedure.objects.get().state == "for_resolution"


@pytest.mark.parametrize("kind", procedure_types())
def test_every_step_is_refused_to_the_wrong_role_and_the_wrong_town(counter, kind):
    """Each state of the table set by hand, each step tried by whoever may not take it."""
    found = procedure_types()[kind]
    asked = counter.receive("claim")
    capabilities = {role.code: set(role.capabilities) for role in shipped_roles()}
    role_of = {
        "clerk": "counter_clerk",
        "technician": "cadastre_technician",
        "chief": "cadastre_chief",
        "planner": "planner",
        "lawyer": "legal_counsel",
        "notary": "notary",
        "revenue": "revenue_officer",
    }
    tried = 0
    for step in found.transitions:
        for origin in step.origins:
            asked.kind, asked.state = kind, origin
            wrong = [d for d, role in role_of.items() if step.capability not in capabilities[role]]
            for desk in [*wrong, "stranger"]:
                with pytest.raises(NotAllowed):
                    take_procedure_step(asked, step.step, by=counter.staff[desk], note="x")
                tried += 1
    assert tried >= 2 * len(found.transitions)


def test_a_step_from_elsewhere_or_from_nowhere(counter):
    asked = counter.receive("claim")
    with pytest.raises(StepNotHere, match="Pasar a revisión"):
        walk(asked, counter, ("chief", "accept"), note="x")
    with pytest.raises(NoSuchStep):
        walk(asked, counter, ("chief", "dance"))
    stale = Procedure.objects.get(pk=asked.pk)
    walk(asked, counter, ("clerk", "review"))
    with pytest.raises(StepNotHere, match="Otra persona"):
        walk(stale, counter, ("clerk", "review"))


def test_trays_by_role_and_what_a_notary_sees(counter):
    mine = counter.receive("transfer_notice", by=counter.staff["notary"])
    reviewed = walk(counter.receive("claim"), counter, ("clerk", "review"))
    every = Procedure.objects.all()
    assert set(every.filter(waiting_for({"receive_procedures"}))) == {mine}
    assert set(every.filter(waiting_for({"decide_procedures"}))) == {reviewed}
    on = today_in(counter.town)
    seen = procedures_seen_by(counter.staff["notary"], municipality=counter.town, on=on)
    assert list(seen) == [mine]
    assert find_procedure(counter.town, mine.number) == mine
    for strange in ("2026-999999", "x", "2026-1-1"):
        with pytest.raises(ProcedureNotFound):
            find_procedure(counter.town, strange)
    with pytest.raises(ProcedureNotFound):
        find_procedure(counter.other, mine.number)


def test_a_printed_notice_carries_its_certification(counter):
    asked = counter.receive("claim")
    clerk = counter.staff["clerk"]
    notice = notify_applicant(asked, how="PRINTED", text="Venga el lunes.", by=clerk)
    assert asked.number in notice.certification
    assert clerk.full_name in notice.certification
    assert SECRET not in notice.certification
    with pytest.raises(NoticeEmpty):
        notify_applicant(asked, how="PRINTED", text=" ", by=clerk)
    with pytest.raises(NoAddress):
        notify_applicant(asked, how="EMAIL", text="Venga.", by=clerk)


def test_a_notice_by_mail_goes_to_the_applicant(counter, settings, mailoutbox):
    settings.EMAIL_HOST = "mail.ejemplo.test"
    asked = counter.receive("claim")
    notify_applicant(asked, how="EMAIL", text="Venga el lunes.", by=counter.staff["clerk"])
    (mail,) = mailoutbox
    assert mail.to == ["canariopedido@ejemplo.test"]
    assert f"/mejia/tramites/{asked.code}" in mail.body


def test_the_audit_trail_holds_no_name_and_the_timeline_only_grows(counter):
    asked = counter.receive("claim", note=f"viene {SECRET}")
    notify_applicant(asked, how="PRINTED", text=SECRET, by=counter.staff["clerk"])
    trail = " ".join(AuditEvent.objects.values_list("body", flat=True))
    assert SECRET not in trail
    assert asked.number in trail
    for table in (ProcedureEvent, ProcedureAmount):
        name = table._meta.db_table
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {name}")


def test_papers_of_the_act_reach_the_register(counter):
    """An update whose inscription comes last: the step that registers takes it along."""
    asked = counter.receive("cadastral_update", "DEED")
    tick_requirement(asked, "identity", by=counter.staff["clerk"])
    asked = walk(asked, counter, ("clerk", "review"))
    with pytest.raises(RequirementsMissing):
        walk(asked, counter, ("technician", "propose"), change=Change(inputs=counter.sale()))
    asked = take_procedure_step(
        asked,
        "propose",
        by=counter.staff["technician"],
        sources=[filings.source(counter.town, "INSCRIPTION", number="88")],
        change=Change(inputs=counter.sale()),
    )
    assert asked.proposal.sources.filter(source__number="88").exists()
    assert people.TOMAS.cedula not in str(asked.proposal.preview)

"""In whose hands a procedure is, remarks among officials, and the documents that its applicant brings."""

from datetime import date

import pytest

from cadastre.acts.required_sources import SourceIncomplete
from cadastre.models import AdministrativeSource, SourceFile
from cadastre.operations.bring_document import BroughtFile, DocumentFileRefused
from cadastre.operations.bring_procedure_document import bring_procedure_document
from cadastre.operations.comment_procedure import CommentEmpty, comment_procedure
from cadastre.operations.hold_procedure import hold_procedure
from cadastre.operations.prepare_proposal import prepare_proposal
from cadastre.operations.take_procedure_step import take_procedure_step
from cadastre.operations.tick_requirement import ProcedureClosed, TickRefused, tick_requirement
from cadastre.queries.handover.procedures import open_procedures
from cadastre.queries.procedure_holders import holders_of_procedures, offices_of
from cadastre.queries.proposals import documents_of
from cadastre.queries.requirement_states import requirement_states, sources_of
from gis_project.core.errors import NotAllowed
from gis_project.territory.clock import today_in
from tests import titles
from tests.cadastre.operations.counter_town import Counter

pytestmark = pytest.mark.django_db
PDF = BroughtFile("solicitud.pdf", b"%PDF-1.7 prueba")


@pytest.fixture
def counter(settings, tmp_path) -> Counter:
    settings.MEDIA_ROOT = tmp_path / "files"
    return Counter()


def unsaved(kind: str) -> AdministrativeSource:
    return AdministrativeSource(kind=kind, number="7", issued_on=date(2026, 3, 2))


def holder_of(procedure, counter):
    on = today_in(counter.town)
    held = holders_of_procedures([procedure], municipality=counter.town, on=on)
    return held.get(procedure.pk)


def test_it_stays_with_whoever_may_go_on_and_else_lies_with_the_office(counter):
    asked = counter.receive("claim")
    assert holder_of(asked, counter) == counter.staff["clerk"]
    asked = take_procedure_step(asked, "review", by=counter.staff["clerk"])
    assert holder_of(asked, counter) is None
    assert "Técnico de catastro" in offices_of(asked)
    hold_procedure(asked, by=counter.staff["technician"])
    comment_procedure(asked, text="Lo vi con el plano.", by=counter.staff["chief"])
    assert holder_of(asked, counter) == counter.staff["technician"]


def test_only_whose_step_it_is_takes_it_in_hand(counter):
    asked = counter.receive("claim")
    for desk in ("lawyer", "stranger"):
        with pytest.raises(NotAllowed):
            hold_procedure(asked, by=counter.staff[desk])
    closed = take_procedure_step(asked, "withdraw", by=counter.staff["clerk"], note="desiste")
    with pytest.raises(ProcedureClosed):
        hold_procedure(closed, by=counter.staff["clerk"])


def test_a_remark_is_of_officials_of_the_town_and_says_something(counter):
    asked = counter.receive("claim")
    with pytest.raises(CommentEmpty):
        comment_procedure(asked, text=" ", by=counter.staff["clerk"])
    for desk in ("stranger", "notary"):
        with pytest.raises(NotAllowed):
            comment_procedure(asked, text="algo", by=counter.staff[desk])


def test_a_document_is_kept_with_its_scan_and_meets_what_asks_for_it(counter):
    asked = counter.receive("claim")
    paper = unsaved("REQUEST")
    bring_procedure_document(asked, document=paper, by=counter.staff["clerk"], file=PDF)
    assert SourceFile.objects.get(source=paper).name == "solicitud.pdf"
    met = {
        one.requirement.code
        for one in requirement_states(asked, on=today_in(counter.town))
        if one.is_met
    }
    assert met == {"claim"}
    assert sources_of(asked) == [paper]


def test_a_document_set_aside_counts_no_more_when_another_takes_its_place(counter):
    clerk = counter.staff["clerk"]
    asked = counter.receive("claim", "REQUEST")
    (wrong,) = sources_of(asked)
    asked.proposal = prepare_proposal(
        "transfer_rights",
        counter.sale(),
        municipality=counter.town,
        by=counter.staff["technician"],
        reason="venta",
        sources=[wrong],
    )
    asked.save(update_fields=["proposal"])
    tick_requirement(asked, "claim", by=clerk, undo=True)
    assert documents_of(asked.proposal) == []
    right = bring_procedure_document(asked, document=unsaved("REQUEST"), by=clerk)
    assert sources_of(asked) == [right]
    assert documents_of(asked.proposal) == [right]


def test_the_treasurys_certificate_shows_that_nothing_is_owed(counter):
    titles.owe(counter.town, counter.lot)
    asked = counter.receive("cadastral_update", "DEED")

    def is_met() -> bool:
        states = requirement_states(asked, on=today_in(counter.town))
        return next(one.is_met for one in states if one.requirement.code == "no_debt")

    clerk = counter.staff["clerk"]
    assert not is_met()
    with pytest.raises(TickRefused, match="Tesorería"):
        tick_requirement(asked, "no_debt", by=clerk)
    bring_procedure_document(
        asked,
        document=AdministrativeSource(
            kind="NO_DEBT_CERTIFICATE",
            number="77",
            issuer="Tesorería Municipal",
            issued_on=date(2026, 3, 2),
            property_text="7",
        ),
        by=clerk,
        file=PDF,
        requirement="no_debt",
    )
    assert is_met()
    tick_requirement(asked, "no_debt", by=clerk, undo=True)
    assert not is_met()


def test_a_document_that_would_not_count_is_not_taken(counter):
    asked = counter.receive("cadastral_update")
    paper = AdministrativeSource(kind="INSCRIPTION", number="7", issued_on=date(2026, 3, 2))
    with pytest.raises(SourceIncomplete, match="repertorio"):
        bring_procedure_document(asked, document=paper, by=counter.staff["clerk"])
    assert sources_of(asked) == []


def test_a_document_that_nothing_asks_for_or_that_cannot_be_read_is_refused(counter):
    asked = counter.receive("claim")
    clerk = counter.staff["clerk"]
    with pytest.raises(TickRefused):
        bring_procedure_document(asked, document=unsaved("INSCRIPTION"), by=clerk)
    with pytest.raises(DocumentFileRefused):
        bring_procedure_document(
            asked,
            document=unsaved("REQUEST"),
            by=clerk,
            file=BroughtFile("plano.dwg", b"AC1027"),
        )
    with pytest.raises(NotAllowed):
        bring_procedure_document(asked, document=unsaved("REQUEST"), by=counter.staff["lawyer"])


def test_the_handover_tells_who_has_what_until_when(counter):
    first = counter.receive("claim")
    second = counter.receive("certificate")
    take_procedure_step(first, "review", by=counter.staff["clerk"])
    section = open_procedures(counter.town, today_in(counter.town))
    rows = {row[0]: row for row in section.rows}
    assert "Técnico de catastro" in rows[first.number][3]
    assert counter.staff["clerk"].full_name in rows[second.number][3]
    assert "2 trámites abiertos" in section.told

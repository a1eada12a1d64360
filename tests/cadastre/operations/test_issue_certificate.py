"""Papers on predios and persons: who may, what is refused, numbers without gaps, facts that hold or not."""

import subprocess
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import ProgrammingError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from cadastre.models import Observation, Party, PartyIdentity, PartyMember, PropertyUnit
from cadastre.operations.check_fit_for_paper import UnitObserved, UnitOwes, UnitRetired
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.operations.issue_certificate import UnitNotValued, issue_certificate
from cadastre.operations.issue_holdings import issue_holdings
from cadastre.operations.issue_papers import issue_papers
from cadastre.operations.sample_papers import ensure_sample_paper_rules
from cadastre.queries.paper_facts import facts_today, units_of_person
from cadastre.valuation.facts import UnitKind
from gis_project.core.errors import NotAllowed
from gis_project.territory.clock import today_in
from gis_project.territory.file_store import read_file
from gis_project.territory.models import AccessRecord, AuditEvent, Paper
from gis_project.territory.operations.issue_paper import (
    PaperNotPaid,
    Payment,
    ReceiptSpent,
    ReceiptToldOtherwise,
)
from gis_project.territory.operations.void_paper import void_paper
from gis_project.territory.paper_number import number_of
from gis_project.territory.policy import CONSOLE
from gis_project.territory.queries.named_municipality import named_municipality
from gis_project.territory.queries.paper_rules import PaperRuleMissing
from tests import register
from tests.cadastre.operations.small_town import build_town
from tests.people import BRUNO, ROSA
from tests.shapes import rectangle
from tests.staff import appoint
from tests.threads import in_threads

TWO = Payment(receipt="0012", amount=Decimal(2), total=Decimal(100))
FIVE = Payment(receipt="0013", amount=Decimal(5), total=Decimal(100))


def prepare():
    town = build_town()
    ensure_sample_paper_rules(town)
    emit_tax_roll(municipality=town, year=today_in(town).year, kind=UnitKind.URBAN, by=CONSOLE)
    register.settle()
    return town


def unit(number: str) -> PropertyUnit:
    return PropertyUnit.objects.select_related("municipality").get(number=number)


def registered(town, name: str, id_kind: str, document: str) -> Party:
    party = Party.objects.create(municipality=town, kind=Party.Kind.NATURAL)
    PartyIdentity.objects.create(
        party=party,
        municipality=town,
        full_name=name,
        search_name=name.upper(),
        id_kind=id_kind,
        id_number=document,
    )
    return party


def text_of(paper: Paper) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=read_file(paper.body_id),
        capture_output=True,
        check=True,
    )
    return " ".join(done.stdout.decode().split())


@pytest.mark.django_db
class TestOneTown:
    @pytest.fixture
    def town(self):
        return prepare()

    def test_an_appraisal_says_what_the_register_says_and_proves_no_dominio(self, town):
        paper = issue_certificate(unit("1"), kind="APPRAISAL", by=CONSOLE, payment=TWO)
        told = text_of(paper)
        assert "Rosa Quishpe" in told
        assert "400,00 m²" in told
        assert "$ 40.000,00" in told
        assert "No prueba el dominio" in told
        assert number_of(paper) in told
        assert paper.facts["value"] == "40000.00"
        assert paper.fee.amount == 2
        assert AuditEvent.objects.filter(action="issue_paper", object_id=str(paper.pk)).exists()
        assert AccessRecord.objects.filter(action="issue_paper").exists()

    def test_facts_never_name_anybody(self, town):
        for kind, payment in (("APPRAISAL", TWO), ("BOUNDARIES", FIVE), ("PLAN", FIVE)):
            paper = issue_certificate(unit("1"), kind=kind, by=CONSOLE, payment=payment)
            assert "Rosa" not in str(paper.facts)
            assert "1710034065" not in str(paper.facts)

    def test_names_of_neighbours_stand_on_the_offices_copy_only(self, town):
        theirs = issue_certificate(unit("2"), kind="BOUNDARIES", by=CONSOLE, payment=FIVE)
        ours = issue_certificate(
            unit("2"), kind="BOUNDARIES", by=CONSOLE, payment=FIVE, is_official_copy=True
        )
        assert "Tomás" not in text_of(theirs)
        assert "Tomás" in text_of(ours)
        assert "17035001020300030000 0000".replace(" ", "") in text_of(theirs).replace(" ", "")

    def test_who_owes_gets_no_certificate_of_not_owing(self, town):
        with pytest.raises(UnitOwes, match="63,00"):
            issue_certificate(unit("1"), kind="NO_DEBT", by=CONSOLE, payment=TWO)
        paper = issue_certificate(unit("4"), kind="NO_DEBT", by=CONSOLE, payment=TWO)
        assert paper.facts["owes_nothing"] is True

    def test_an_observed_predio_gets_nothing_and_the_refusal_says_why(self, town):
        one = unit("3")
        act = register.operation(town)
        Observation.objects.create(
            municipality=town,
            unit=one,
            code="X",
            message="Corrija el lindero norte.",
            operation=act,
        )
        PropertyUnit.objects.filter(pk=one.pk).update(state="OBSERVED")
        for kind in ("APPRAISAL", "PLAN", "NO_DEBT", "BOUNDARIES", "PLANNING_REPORT"):
            with pytest.raises(UnitObserved, match="lindero norte"):
                issue_certificate(unit("3"), kind=kind, by=CONSOLE, payment=TWO)
        PropertyUnit.objects.filter(pk=one.pk).update(state="RETIRED")
        with pytest.raises(UnitRetired):
            issue_certificate(unit("3"), kind="PLAN", by=CONSOLE, payment=FIVE)
        assert not Paper.objects.exists()

    def test_without_value_there_is_no_appraisal(self, town):
        with pytest.raises(UnitNotValued):
            issue_certificate(unit("5"), kind="APPRAISAL", by=CONSOLE, payment=TWO)

    @pytest.mark.parametrize(
        "payment",
        [Payment(), Payment(receipt="1", amount=Decimal("1.99")), Payment(amount=Decimal(2))],
    )
    def test_an_unpaid_paper_is_not_released(self, town, payment):
        with pytest.raises(PaperNotPaid):
            issue_certificate(unit("1"), kind="APPRAISAL", by=CONSOLE, payment=payment)

    def test_a_receipt_pays_as_many_papers_as_its_amount_covers(self, town):
        ask = {"unit": unit("1"), "kind": "APPRAISAL", "by": CONSOLE}
        once = replace(TWO, receipt="0077", total=None)
        first = issue_certificate(**ask, payment=once)
        with pytest.raises(ReceiptSpent, match="0077"):
            issue_certificate(**ask, payment=once)
        with pytest.raises(ReceiptSpent):
            issue_certificate(**ask, payment=replace(once, receipt=" 0077 ", total=Decimal(3)))
        issue_certificate(**ask, payment=replace(once, total=Decimal(4)))
        void_paper(first, by=CONSOLE, reason="El nombre tiene un error.")
        issue_certificate(**ask, payment=replace(once, total=Decimal(4)))

    def test_a_receipts_total_is_told_once(self, town):
        ask = {"unit": unit("1"), "kind": "APPRAISAL", "by": CONSOLE}
        six = replace(TWO, receipt="0078", total=Decimal(6))
        first = issue_certificate(**ask, payment=six)
        with pytest.raises(ReceiptToldOtherwise, match="0078"):
            issue_certificate(**ask, payment=replace(six, total=Decimal(60)))
        second = issue_certificate(**ask, payment=replace(six, total=None))
        assert second.receipt_total == 6
        issue_certificate(**ask, payment=six)
        with pytest.raises(ReceiptSpent):
            issue_certificate(**ask, payment=six)
        assert Paper.objects.get(pk=first.pk).receipt_total == 6

    def test_the_refused_rest_of_a_batch_is_issued_on_its_receipt(self, town):
        told = {
            "municipality": town,
            "kind": "APPRAISAL",
            "by": CONSOLE,
            "since": timezone.now().replace(microsecond=0),
            "advance": lambda _done, _total: None,
        }
        paid = Payment(receipt="0079", amount=Decimal(2))
        rest = [str(unit("1").pk)]
        both = issue_papers([str(unit("2").pk), str(unit("5").pk)], payment=paid, **told)
        assert (both.issued, len(both.refused)) == (1, 1)
        assert issue_papers(rest, payment=paid, **told).issued == 1
        assert issue_papers([str(unit("4").pk)], payment=paid, **told).refused

    def test_only_those_whose_role_may(self, town):
        clerk, valuer = appoint(ROSA, "counter_clerk", town), appoint(BRUNO, "valuer", town)
        issue_certificate(unit("1"), kind="APPRAISAL", by=clerk, payment=TWO)
        with pytest.raises(NotAllowed):
            issue_certificate(unit("1"), kind="APPRAISAL", by=valuer, payment=TWO)
        with pytest.raises(NotAllowed):
            issue_certificate(unit("1"), kind="PLANNING_REPORT", by=clerk, payment=FIVE)

    def test_a_fact_that_changed_is_told(self, town):
        paper = issue_certificate(unit("4"), kind="NO_DEBT", by=CONSOLE, payment=TWO)
        today = today_in(town)
        assert facts_today(paper, on=today) == paper.facts
        PropertyUnit.objects.filter(number="4").update(state="OBSERVED")
        assert facts_today(paper, on=today)["state"] == "OBSERVED"

    def test_having_and_not_having_property(self, town):
        some = issue_holdings(
            municipality=town, document="1710034065", name="", by=CONSOLE, payment=TWO
        )
        assert some.facts == {"predios": 2}
        assert "Rosa Quishpe" in text_of(some)
        none = issue_holdings(
            municipality=town, document="1713175071", name="Ana Nadie", by=CONSOLE, payment=TWO
        )
        assert none.facts == {"predios": 0}
        assert "1713175071" not in f"{none.subject_id}{none.facts}"
        assert facts_today(none, on=today_in(town)) == {"predios": 0}
        act = register.operation(town)
        register.holder(act, unit("4"), "Ana Nadie", "1713175071", share=None)
        assert facts_today(none, on=today_in(town)) == {"predios": 1}

    def test_what_a_group_holds_counts_for_its_members_of_the_day(self, town):
        act = register.operation(town)
        bruno = registered(town, "Bruno Prueba", "CEDULA", BRUNO.cedula)
        left = DateRange(register.EPOCH, register.EPOCH.replace(year=2021))
        for number, valid in (("4", register.EVER_SINCE), ("5", left)):
            estate = Party.objects.create(municipality=town, kind=Party.Kind.HEIRS)
            register.holder(act, unit(number), "", share=None, kind="HEIRS", party=estate)
            PartyMember.objects.create(
                municipality=town,
                group=estate,
                member=bruno,
                valid=valid,
                recorded=(act.recorded_at, None),
                opened_by=act,
            )
        paper = issue_holdings(
            municipality=town, document=BRUNO.cedula, name="", by=CONSOLE, payment=TWO
        )
        assert paper.facts == {"predios": 1}
        assert facts_today(paper, on=today_in(town)) == {"predios": 1}
        on = today_in(town)
        assert units_of_person(BRUNO.cedula, municipality=town, on=on) == [unit("4")]

    def test_a_cedula_and_the_ruc_made_of_it_are_one_person(self, town):
        act = register.operation(town)
        by_ruc = registered(town, "Bruno Prueba", "RUC", f"{BRUNO.cedula}001")
        register.holder(act, unit("4"), "", share=Fraction(1), party=by_ruc)
        for document in (BRUNO.cedula, f"{BRUNO.cedula}001"):
            paper = issue_holdings(
                municipality=town, document=document, name="", by=CONSOLE, payment=TWO
            )
            assert paper.facts == {"predios": 1}
            assert facts_today(paper, on=today_in(town)) == {"predios": 1}
            assert "Bruno Prueba" in text_of(paper)

    def test_who_is_registered_by_ruc_afterwards_is_found_again(self, town):
        paper = issue_holdings(
            municipality=town, document=BRUNO.cedula, name="Bruno Prueba", by=CONSOLE, payment=TWO
        )
        assert paper.facts == {"predios": 0}
        by_ruc = registered(town, "Bruno Prueba", "RUC", f"{BRUNO.cedula}001")
        act = register.operation(town)
        register.holder(act, unit("4"), "", share=Fraction(1), party=by_ruc)
        assert facts_today(paper, on=today_in(town)) == {"predios": 1}

    def test_papers_neither_change_nor_go(self, town):
        paper = issue_certificate(unit("1"), kind="APPRAISAL", by=CONSOLE, payment=TWO)
        for act in (lambda: Paper.objects.update(amount_paid=0), paper.delete):
            with pytest.raises(ProgrammingError), transaction.atomic():
                act()

    def test_a_batch_goes_on_where_it_stopped(self, town):
        units = [str(unit(n).pk) for n in ("1", "2", "3", "5")]
        run = {
            "municipality": town,
            "kind": "APPRAISAL",
            "by": CONSOLE,
            "payment": replace(TWO, receipt="lote 1"),
            "since": timezone.now() - timedelta(seconds=2),
        }
        seen = []
        first = issue_papers(units[:2], advance=lambda *told: seen.append(told), **run)
        again = issue_papers(units, advance=lambda *told: seen.append(told), **run)
        assert (first.issued, again.issued, again.already) == (2, 1, 2)
        assert list(again.refused) == [units[3]]
        assert seen == [(1, 2), (2, 2), (1, 4), (2, 4), (3, 4), (4, 4)]
        assert Paper.objects.count() == 3


@pytest.mark.django_db
def test_without_a_fee_row_the_message_says_to_load_one():
    build_town()
    with pytest.raises(PaperRuleMissing, match="load_paper_rules"):
        issue_certificate(unit("4"), kind="NO_DEBT", by=CONSOLE, payment=Payment())


def test_sixteen_counters_number_without_gaps_or_doubles(fresh_database):
    town = prepare()

    def counter(number: int) -> None:
        named_municipality(town.slug)
        for turn in range(3):
            try:
                with transaction.atomic():
                    issue_certificate(unit("1"), kind="APPRAISAL", by=CONSOLE, payment=TWO)
                    if (number + turn) % 3 == 0:
                        raise InterruptedError
            except InterruptedError:
                pass

    in_threads(counter, 16)
    serials = sorted(Paper.objects.values_list("serial", flat=True))
    assert serials == list(range(1, len(serials) + 1))
    assert 0 < len(serials) < 48


@pytest.mark.django_db
def test_a_parcel_alone_in_the_field_has_its_boundaries_told():
    town = register.town()
    ensure_sample_paper_rules(town)
    act = register.operation(town)
    one = register.predio(act, rectangle(0, 0, 30, 20), "170350010203009900000000", number="9")
    told = text_of(issue_certificate(one, kind="BOUNDARIES", by=CONSOLE, payment=FIVE))
    assert "Por el norte, con terreno sin registro catastral, en 30,00 m" in told

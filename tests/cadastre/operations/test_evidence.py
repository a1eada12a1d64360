"""What an act believes: whole documents, confirmed inscriptions, our own certificates, one inscription for one deed."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from cadastre.acts.required_sources import SourceIncomplete, SourceNotConfirmed
from cadastre.models import Operation, Party, PropertyUnit, SourceConfirmation
from cadastre.operations.confirm_source import confirm_source
from cadastre.operations.deed.inscription_once import InscriptionUsed
from cadastre.operations.deed.obstacles import DebtsOpen
from cadastre.operations.deed.perform import BeforeThePredio
from cadastre.operations.register_encumbrance import NewEncumbrance, register_encumbrance
from cadastre.operations.retire_parcel import retire_parcel
from cadastre.operations.split_parcel import ByStrips, split_parcel
from cadastre.operations.transfer_rights import Taker, transfer_rights
from cadastre.queries.own_no_debt import own_certificates
from gis_project.core.errors import NotAllowed
from gis_project.core.verification_code import new_code
from gis_project.territory.models import PaperKind, PaperVoiding
from tests import filings, papers, people, register, staff, titles
from tests.cadastre.operations.ground_scenes import key
from tests.shapes import square

pytestmark = pytest.mark.django_db
WHOLE = Fraction(1)
BAN = NewEncumbrance(kind="SALE_BAN")


@pytest.fixture
def scene():
    town = register.town()
    act = register.operation(town)
    lot = register.predio(act, square(), key(1), number="7")
    register.holder(act, lot, "Tomás", people.TOMAS.cedula, share=WHOLE)
    return town, lot


def sell(town, lot, filing, **fields):
    buyer = Party.objects.create(municipality=town, kind="NATURAL")
    takers = [Taker(party=buyer, share=WHOLE)]
    return transfer_rights(
        unit=lot, cause="SALE", givers=[], takers=takers, filing=replace(filing, **fields)
    )


def sale(town, *, inscription=None, **fields):
    filing = filings.complete(town, "transfer_rights", cause="SALE", **fields)
    if inscription is None:
        return filing
    others = [source for source in filing.sources if source.kind != "INSCRIPTION"]
    return replace(filing, sources=[*others, inscription])


class TestWhole:
    def test_an_unconfirmed_inscription_waits_for_a_second_person(self, scene):
        town, lot = scene
        rosa = staff.appoint(people.ROSA, "cadastre_technician", town)
        vera = staff.appoint(people.VERA, "cadastre_chief", town)
        typed = filings.source(town, "INSCRIPTION", is_confirmed=False)
        filing = sale(town, inscription=typed, by=rosa, approved_by=vera)
        with pytest.raises(SourceNotConfirmed):
            sell(town, lot, filing)
        rehearsed = sell(town, lot, filing, dry_run=True)
        assert [one.code for one in rehearsed.obstacles] == ["source_not_confirmed"]
        assert rehearsed.valid_from == filings.INSCRIBED_ON
        SourceConfirmation.objects.create(source=typed, confirmed_by=vera)
        assert sell(town, lot, filing).obstacles == ()

    def test_a_court_order_without_its_file_excuses_no_burden(self, scene):
        town, lot = scene
        register_encumbrance(
            units=[lot],
            encumbrance=BAN,
            filing=filings.complete(town, "register_encumbrance"),
        )
        told = filings.source(town, "COURT_ORDER", file_sha256="")
        filing = sale(town)
        with pytest.raises(SourceIncomplete, match="archivo"):
            sell(town, lot, filing, sources=[*filing.sources, told])


class TestNotBefore:
    def test_no_act_is_valid_before_its_predio_was_there(self, scene):
        """Lawful: on its first day, and on a predio that entered with an older title's date (EPOCH here)."""
        town, _ = scene
        act = register.operation(town)
        ground = register.place_parcel(act, square(60), valid=(date(2026, 1, 10), None))
        late = PropertyUnit.objects.create(municipality=town, parcel=ground.parcel, opened_by=act)
        early = filings.complete(town, "register_encumbrance", on=date(2021, 5, 3))
        with pytest.raises(BeforeThePredio, match="10/01/2026"):
            register_encumbrance(units=[late], encumbrance=BAN, filing=early)
        on_the_day = filings.complete(town, "register_encumbrance", on=date(2026, 1, 10))
        register_encumbrance(units=[late], encumbrance=BAN, filing=on_the_day)

    def test_a_lot_of_a_division_begins_with_it(self, scene):
        town, lot = scene
        split = split_parcel(
            unit=lot, cut=ByStrips(2, 90, "left"), filing=filings.complete(town, "split_parcel")
        )
        child = PropertyUnit.objects.get(pk=split.after[-1].unit_id)
        early = filings.complete(town, "register_encumbrance", on=date(2025, 5, 3))
        with pytest.raises(BeforeThePredio):
            register_encumbrance(units=[child], encumbrance=BAN, filing=early)


class TestNoDebt:
    @pytest.fixture
    def owing(self, scene):
        """The lot owes its title of 2026."""
        town, lot = scene
        titles.owe(town, lot)
        return town, lot

    def certificate(self, town, number, issuer="GAD Municipal de Mejía", **fields):
        return filings.source(town, "NO_DEBT_CERTIFICATE", number=number, issuer=issuer, **fields)

    def paper(self, unit, serial=1, **fields):
        code = new_code()
        return papers.paper_on(unit, code, kind=PaperKind.NO_DEBT, serial=serial, **fields)

    def test_our_own_is_looked_up_by_number_or_code(self, owing):
        town, lot = owing
        filing = sale(town)
        paper = self.paper(lot)
        for number in (f"CNA-{paper.year}-000001", paper.code):
            told = [*filing.sources, self.certificate(town, number, is_confirmed=False)]
            assert sell(town, lot, filing, sources=told, dry_run=True).obstacles == ()
            assert own_certificates(told, [lot]) == {told[-1].pk}
        invented = [*filing.sources, self.certificate(town, f"CNA-{paper.year}-000077")]
        assert own_certificates(invented, [lot]) == set()
        with pytest.raises(DebtsOpen, match="no consta"):
            sell(town, lot, filing, sources=invented)

    def test_our_own_of_another_predio_void_expired_or_of_another_year_is_none(self, owing):
        town, lot = owing
        other = register.predio(register.operation(town), square(60), key(2))
        void = self.paper(lot, 2)
        PaperVoiding.objects.create(paper=void, reason="error")
        filing = sale(town)
        for paper, words in (
            (self.paper(other), "no consta"),
            (void, "anulado"),
            (self.paper(lot, 3, valid_until=date(2026, 1, 1)), "venció"),
            (self.paper(lot, 4, issued_on=date(2025, 12, 30)), "año"),
        ):
            told = [*filing.sources, self.certificate(town, paper.code)]
            with pytest.raises(DebtsOpen, match=words):
                sell(town, lot, filing, sources=told)

    def test_our_own_covers_only_what_had_been_issued(self, scene):
        town, lot = scene
        paper = self.paper(lot)
        titles.owe(town, lot)
        filing = sale(town)
        told = [*filing.sources, self.certificate(town, paper.code)]
        with pytest.raises(DebtsOpen, match="2026-U-1"):
            sell(town, lot, filing, sources=told)

    def test_the_treasurys_counts_once_somebody_else_confirms_it(self, owing):
        town, lot = owing
        rosa = staff.appoint(people.ROSA, "cadastre_technician", town)
        vera = staff.appoint(people.VERA, "cadastre_chief", town)
        filing = sale(town, by=rosa, approved_by=vera)
        told = self.certificate(
            town,
            "77",
            "Tesorería Municipal",
            property_text="7",
            is_confirmed=False,
            typed_by=rosa,
        )
        with pytest.raises(DebtsOpen, match="confirme que lo vio en Tesorería"):
            sell(town, lot, filing, sources=[*filing.sources, told])
        with pytest.raises(NotAllowed):
            confirm_source(told, by=rosa)
        confirm_source(told, by=vera)
        sell(town, lot, filing, sources=[*filing.sources, told])

    @pytest.mark.parametrize("issuer", ["Sistema anterior (SIC-AME)", "Tesorería Municipal"])
    def test_the_treasurys_names_the_predio_and_is_seen(self, owing, issuer):
        town, lot = owing
        filing = sale(town)
        for fields, words in (
            ({}, "no dice que trata"),
            ({"property_text": key(2)}, "no dice que trata"),
            ({"property_text": "7", "file_sha256": ""}, "escaneado"),
            ({"property_text": "7", "on": date(2025, 3, 1)}, "año"),
            ({"property_text": "7", "valid_until": date(2026, 3, 3)}, "venció"),
        ):
            told = self.certificate(town, "77", issuer, **fields)
            with pytest.raises(DebtsOpen, match=words):
                sell(town, lot, filing, sources=[*filing.sources, told])
        whole = self.certificate(town, "77", issuer, property_text="17-03-50-01-01-001-001")
        sell(town, lot, filing, sources=[*filing.sources, whole])


class TestOneDeed:
    def inscription(self, town, **fields):
        return filings.source(town, "INSCRIPTION", **({"number": "88"} | fields))

    def test_it_serves_several_predios_of_the_same_deed(self, scene):
        town, lot = scene
        act = register.operation(town)
        other = register.predio(act, square(60), key(2))
        register.holder(act, other, "Inés", people.INES.cedula, share=WHOLE)
        sell(town, lot, sale(town, inscription=self.inscription(town)))
        sell(town, other, sale(town, inscription=self.inscription(town)))

    def test_it_does_not_give_the_same_right_twice(self, scene):
        town, lot = scene
        sell(town, lot, sale(town, inscription=self.inscription(town)))
        again = sale(town, inscription=self.inscription(town, issuer="REGISTRO DE LA PROPIEDAD"))
        with pytest.raises(InscriptionUsed, match="88"):
            sell(town, lot, again)
        assert [one.code for one in sell(town, lot, again, dry_run=True).obstacles] == [
            "inscription_used"
        ]
        sell(town, lot, sale(town, inscription=self.inscription(town, repertory="902")))

    def test_two_acts_of_one_deed_say_so(self, scene):
        town, lot = scene
        act = register.operation(town)
        other = register.predio(act, square(60), key(2))
        register.holder(act, other, "Inés", people.INES.cedula, share=WHOLE)
        sell(town, lot, sale(town, inscription=self.inscription(town)))
        ask = {"units": [other], "encumbrance": BAN}
        filing = filings.complete(town, "register_encumbrance")
        silent = replace(filing, sources=[self.inscription(town)])
        with pytest.raises(InscriptionUsed, match="una sola escritura"):
            register_encumbrance(**ask, filing=silent)
        told = self.inscription(town, description="Compraventa con prohibición de enajenar")
        register_encumbrance(**ask, filing=replace(filing, sources=[told]))
        with pytest.raises(InscriptionUsed, match="dio ya"):
            register_encumbrance(**ask, filing=replace(filing, sources=[told]))

    def test_what_was_not_believed_spends_nobodys_inscription(self, scene):
        """The number typed by mistake, unconfirmed, lay beside the right one; the other predio's act is its own."""
        town, lot = scene
        other = register.predio(register.operation(town), square(60), key(2))
        rosa = staff.appoint(people.ROSA, "cadastre_technician", town)
        vera = staff.appoint(people.VERA, "cadastre_chief", town)
        mistaken = self.inscription(town, is_confirmed=False)
        filing = sale(town, by=rosa, approved_by=vera)
        made = sell(town, lot, filing, sources=[mistaken, *filing.sources])
        assert Operation.objects.get(pk=made.operation_id).source != mistaken
        SourceConfirmation.objects.create(source=mistaken, confirmed_by=vera)
        burden = filings.complete(town, "register_encumbrance")
        burden = replace(burden, sources=[self.inscription(town)])
        register_encumbrance(units=[other], encumbrance=BAN, filing=burden)

    def test_acts_that_no_deed_unites_need_the_registrys_word_besides(self, scene):
        town, lot = scene
        act = register.operation(town)
        other = register.predio(act, square(60), key(2))
        sell(town, lot, sale(town, inscription=self.inscription(town)))
        filing = filings.complete(town, "retire_parcel")
        told = self.inscription(town, description="la misma escritura")
        with pytest.raises(InscriptionUsed, match="dice en su observación"):
            retire_parcel(unit=other, filing=replace(filing, sources=[*filing.sources, told]))
        seen = self.inscription(town, description="la misma escritura", is_confirmed=False)
        SourceConfirmation.objects.create(source=seen, note="la escritura contiene los dos")
        retire_parcel(unit=other, filing=replace(filing, sources=[*filing.sources, seen]))

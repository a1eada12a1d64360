"""A small town is billed: once, whole, explained, and with the same bytes each time."""

import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from cadastre.models import (
    Party,
    PropertyUnit,
    Right,
    RollException,
    TaxRoll,
    TaxTitle,
    TitleLine,
)
from cadastre.operations.correct_attributes import correct_attributes
from cadastre.operations.emit_tax_roll import NothingToEmit, emit_tax_roll
from cadastre.operations.export_tax_roll import export_tax_roll
from cadastre.queries.ordinances import NoOrdinance
from cadastre.valuation.facts import UnitKind
from gis_project.core.assessment import check_line, line_from_dict
from gis_project.territory.models import Ordinance
from gis_project.territory.policy import CONSOLE
from tests import filings, register
from tests.cadastre.operations.small_town import build_town
from tests.threads import in_threads


def emit(town, *, year=2026, kind=UnitKind.URBAN):
    return emit_tax_roll(municipality=town, year=year, kind=kind, by=CONSOLE)


@pytest.mark.django_db
class TestOneTown:
    @pytest.fixture
    def town(self):
        return build_town()

    def test_art_505_the_owners_predios_set_the_rate_together(self, town):
        emit(town)
        bills = {title.unit.number: title for title in TaxTitle.objects.all()}
        # Rosa: 2 × 400 m² × 100 = 80,000; 50,000 at 1 ‰ + 30,000 at 2 ‰ = 110; on each 40,000: 55.00
        assert [bills["1"].property_tax, bills["2"].property_tax] == [Decimal("55.00")] * 2
        assert bills["1"].fire_levy == Decimal("6.00")  # 40,000 × 0.15 ‰
        assert bills["1"].total == Decimal("63.00")  # 55.00 + 6.00 + 2.00

    def test_what_cannot_be_billed_is_listed_with_its_reason(self, town):
        result = emit(town)
        assert result.roll.titles_count == 3
        reasons = dict(RollException.objects.values_list("unit__number", "code"))
        assert reasons == {"4": "HOLDER", "5": "ZONE"}

    def test_a_second_emission_adds_nothing(self, town):
        first, second = emit(town), emit(town)
        assert (first.is_new, second.is_new) == (True, False)
        assert first.roll.pk == second.roll.pk
        assert TaxTitle.objects.count() == 3

    def test_a_predio_whose_class_was_corrected_is_not_billed_by_the_other_roll(self, town):
        emit(town)
        correct_attributes(
            unit=PropertyUnit.objects.get(number="3"),
            filing=filings.complete(town, "correct_attributes"),
            was_always_so=True,
            attributes={"kind": "RURAL"},
        )
        rural = emit(town, kind=UnitKind.RURAL).roll
        assert not rural.exceptions.filter(unit__number="3").exists()
        assert TaxTitle.objects.count() == 3

    def test_titles_lines_and_control_total_agree_to_the_cent(self, town):
        roll = emit(town).roll
        titles = sum(title.total for title in TaxTitle.objects.all())
        lines = sum(line.amount for line in TitleLine.objects.all())
        assert titles == lines == roll.total == Decimal(roll.control_totals["total"])
        assert sum(map(Decimal, roll.control_totals["by_parish"].values())) == roll.total

    def test_every_line_explains_its_amount(self, town):
        emit(town)
        for title in TaxTitle.objects.all():
            told = title.explanation["tax"]
            lines = [line_from_dict(line) for line in told["lines"]]
            for line in [*lines, *map(line_from_dict, title.explanation["value"]["lines"])]:
                check_line(line)
            assert sum(line.amount for line in lines) == title.total == Decimal(told["total"])

    def test_the_public_explanation_does_not_tell_of_other_predios(self, town):
        emit(town)
        first, second = TaxTitle.objects.order_by("number")[:2]
        assert second.key_text not in str(first.explanation)
        assert second.key_text in str(first.portfolio)

    def test_numbers_have_no_gaps(self, town):
        emit(town)
        numbers = list(TaxTitle.objects.order_by("number").values_list("number", flat=True))
        assert numbers == ["2026-U-000001", "2026-U-000002", "2026-U-000003"]

    def test_a_rural_emission_without_rural_predios_is_empty_and_adds_up(self, town):
        roll = emit(town, kind=UnitKind.RURAL).roll
        assert (roll.titles_count, roll.total) == (0, Decimal("0.00"))

    def test_a_year_before_the_register_is_refused(self, town):
        Ordinance.objects.update(valid=DateRange(date(2010, 1, 1), None))
        with pytest.raises(NothingToEmit, match="31 de diciembre de 2017"):
            emit(town, year=2018)

    def test_without_ordinance_nothing_is_emitted(self, town):
        Ordinance.objects.update(state="DRAFT")
        with pytest.raises(NoOrdinance):
            emit(town)
        assert not TaxRoll.objects.exists()

    def test_the_export_repeats_its_bytes_and_carries_the_totals(self, town, tmp_path):
        roll = emit(town).roll
        made = [
            export_tax_roll(municipality=town, year=2026, folder=tmp_path / name, by=CONSOLE)
            for name in ("a", "b")
        ]
        for one, other in ((made[0].csv, made[1].csv), (made[0].xlsx, made[1].xlsx)):
            assert one.read_bytes() == other.read_bytes()
        assert made[0].manifest.read_bytes() == made[1].manifest.read_bytes()
        with made[0].csv.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert sum(Decimal(row["total"]) for row in rows) == roll.total
        assert rows[0]["clave"] == "170350010203000100000000"
        assert rows[2]["contribuyente"] == "'=cmd|Tomás"

    def test_the_sheet_holds_no_formula(self, town, tmp_path):
        emit(town)
        made = export_tax_roll(municipality=town, year=2026, folder=tmp_path, by=CONSOLE)
        book = openpyxl.load_workbook(made.xlsx)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert book["Totales de control"].max_row > 3

    def test_documents_are_masked_unless_asked_for(self, town, tmp_path):
        emit(town)
        masked = export_tax_roll(municipality=town, year=2026, folder=tmp_path / "m", by=CONSOLE)
        whole = export_tax_roll(
            municipality=town, year=2026, folder=tmp_path / "w", by=CONSOLE, with_documents=True
        )
        assert "1710034065" not in masked.csv.read_text(encoding="utf-8")
        assert "1710034065" in whole.csv.read_text(encoding="utf-8")
        assert {
            path.stat().st_mode & 0o077 for path in (whole.csv, whole.xlsx, whole.manifest)
        } == {0}

    def test_no_predio_is_lost_when_its_key_was_changed_after_31_december(self, town):
        """The provisional key is no principal one of that day any more: the predio is billed by another."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE cadastre_keyalias SET recorded = tstzrange(lower(recorded), clock_timestamp()),"
                " closed_by_id = opened_by_id WHERE unit_id = (SELECT id FROM cadastre_propertyunit"
                " WHERE number = '3')"
            )
        unit = PropertyUnit.objects.get(number="3")
        register.add_key(register.operation(town), unit, "170350010203009900000000")
        roll = emit(town).roll
        assert roll.titles_count + roll.exceptions_count == 5
        assert roll.titles.filter(property_number="3").exists()

    def test_art_509_a_predio_of_a_public_body_pays_no_property_tax(self, town):
        Party.objects.filter(rights__unit__number="3").update(kind="PUBLIC")
        emit(town)
        title = TaxTitle.objects.get(property_number="3")
        assert title.property_tax == 0
        assert title.fire_levy > 0

    def test_a_possessor_is_taxed_only_where_nobody_owns(self, town):
        act = register.operation(town)
        owned = PropertyUnit.objects.get(number="3")
        register.holder(act, owned, "Poseedor Caiza", share=None, kind="POSSESSION")
        register.holder(
            act, PropertyUnit.objects.get(number="4"), "Ana Toapanta", share=None, kind="POSSESSION"
        )
        emit(town)
        names = dict(
            TaxTitle.objects.values_list("property_number", "taxpayer__identity__full_name")
        )
        assert (names["3"], names["4"]) == ("=cmd|Tomás", "Ana Toapanta")

    def test_a_predio_without_ground_keeps_the_owners_others_from_a_wrong_rate(self, town):
        tomas = Right.objects.get(unit__number="3")
        act = register.operation(town)
        bare = PropertyUnit.objects.create(municipality=town, number="9", opened_by=act)
        register.add_key(act, bare, "170350010203000900000000")
        register.holder(act, bare, "", share=Fraction(1), party=tomas.party)
        emit(town)
        reasons = dict(RollException.objects.values_list("unit__number", "code"))
        assert (reasons["9"], reasons["3"]) == ("GROUND", "PORTFOLIO")

    def test_what_a_quality_rule_stops_is_listed_with_what_to_do(self, town):
        """Tomás' lot became a condominium and would be taxed twice: whole, and unit by unit."""
        matrix = PropertyUnit.objects.get(number="3")
        act = register.operation(town)
        part = PropertyUnit.objects.create(
            municipality=town,
            parcel=matrix.parcel,
            kind="CONDOMINIUM",
            number="3-1",
            aliquot=1,
            opened_by=act,
        )
        register.add_key(act, part, "170350010203000300101001")
        register.holder(act, part, "Ana Toapanta", "1710034081", share=Fraction(1))
        roll = emit(town).roll
        stopped = RollException.objects.get(unit=matrix)
        assert (stopped.code, stopped.roll) == ("QUALITY", roll)
        assert stopped.reason.startswith("La matriz de la propiedad horizontal tributa además")
        assert set(TaxTitle.objects.values_list("unit__number", flat=True)) == {"1", "2", "3-1"}


def test_sixteen_at_once_emit_one_roll(fresh_database):
    town = build_town()
    outcomes = in_threads(lambda _: emit(town), 16)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert sum(outcome.is_new for outcome in outcomes) == 1
    assert TaxTitle.objects.count() == 3

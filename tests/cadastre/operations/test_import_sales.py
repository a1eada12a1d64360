"""Sales enter once, find their predio, and each that does not count says why."""

from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import Error, transaction

from cadastre.models import Sale, SaleDecision
from cadastre.operations.decide_sale import SaleReasonUnknown, decide_sale
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.queries.screened_sales import screened_sales, values_by
from cadastre.ratio_studies.sale import Exclusion
from cadastre.ratio_studies.study import ratio_study
from cadastre.valuation.facts import UnitKind
from gis_project.core.errors import NotAllowed
from gis_project.territory.models import Ordinance
from gis_project.territory.policy import CONSOLE
from tests.cadastre.operations.small_town import build_town
from tests.people import INES
from tests.staff import account

ROWS = """clave;precio;fecha;motivo
170350010203000100000000;45000;15/03/2025;
3;50.000,00;2025-06-01;
17-03-50-01-02-03-002;40000;2025-07-01;entre familiares
no está;30000;2025-07-01;
;20000;2025-08-01;
2;mucho;2025-08-01;
"""


@pytest.fixture
def town(db: None):
    return build_town()


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "ventas.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def load(sheet: Path, **options) -> str:
    out = StringIO()
    call_command(
        "import_sales",
        str(sheet),
        municipality="mejia",
        excluded="motivo",
        decimal=",",
        stdout=out,
        **options,
    )
    return out.getvalue()


def committed(sheet: Path) -> str:
    from cadastre.management.commands import import_sales as command

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "actor_of", lambda *_, **__: CONSOLE)
        return load(sheet, commit=True)


def test_a_rehearsal_writes_nothing(town, sheet):
    told = load(sheet)
    assert "6 filas: 5 ventas nuevas, 0 ya estaban, 1 no se pueden leer." in told
    assert "Ensayo" in told
    assert not Sale.objects.exists()


def test_sales_enter_once_and_find_their_predio(town, sheet):
    committed(sheet)
    assert "0 ventas nuevas, 5 ya estaban" in committed(sheet)
    found = {one.key_text: one.unit.number if one.unit else None for one in Sale.objects.all()}
    assert found["170350010203000100000000"] == "1"
    assert found["3"] == "3"
    assert found["no está"] is None
    assert found[""] is None


def test_values_are_the_titles_or_a_drafts(town, sheet):
    committed(sheet)
    emit_tax_roll(municipality=town, year=2026, kind=UnitKind.URBAN, by=CONSOLE)
    by_title = {one.sale.name: one.sale for one in screened_sales(town)}
    assert by_title["170350010203000100000000"].value == Decimal("40000.00")
    assert by_title["170350010203000100000000"].stratum == "Z1"
    ordinance = Ordinance.objects.get()
    values = values_by(ordinance, year=2026)
    by_plan = {one.sale.name: one.sale for one in screened_sales(town, values=values)}
    assert by_plan["3"].value == by_title["3"].value
    study = ratio_study([one.sale for one in screened_sales(town)])
    assert study.whole.count == 2
    assert study.screened.reasons() == {Exclusion.RELATIVES: 1, Exclusion.NO_PREDIO: 2}


def test_a_decision_counts_a_sale_out_and_in_again(town, sheet):
    committed(sheet)
    sale = Sale.objects.get(key_text="3")
    decide_sale(sale, reason="FORCED", note="remate del banco", by=CONSOLE)
    [told] = [one for one in screened_sales(town) if one.id == sale.pk]
    assert (told.sale.told, told.note, told.is_decided) == (
        Exclusion.FORCED,
        "remate del banco",
        True,
    )
    decide_sale(sale, reason="", note="", by=CONSOLE)
    [told] = [one for one in screened_sales(town) if one.id == sale.pk]
    assert told.sale.told is None
    assert SaleDecision.objects.count() == 2


def test_reasons_are_those_of_the_list_and_decided_by_valuers(town, sheet):
    committed(sheet)
    sale = Sale.objects.get(key_text="3")
    with pytest.raises(SaleReasonUnknown):
        decide_sale(sale, reason="X", note="", by=CONSOLE)
    with pytest.raises(NotAllowed):
        decide_sale(sale, reason="FORCED", note="", by=account(INES))


def test_a_sale_is_never_changed(town, sheet):
    committed(sheet)
    with pytest.raises(Error), transaction.atomic():
        Sale.objects.update(price=1)


def test_the_command_studies_the_registers_sales(town, sheet):
    committed(sheet)
    emit_tax_roll(municipality=town, year=2026, kind=UnitKind.URBAN, by=CONSOLE)
    out = StringIO()
    call_command("ratio_study", municipality="mejia", ordinance="001-2023", year=2026, stdout=out)
    assert "5 ventas: 2 se usan, 3 se excluyen." in out.getvalue()
    assert "no se encontró el predio: 2" in out.getvalue()

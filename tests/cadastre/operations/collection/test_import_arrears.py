"""`import_arrears`: balances as the old system's, titles without predio kept and listed, and what is then collected."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from cadastre.models import ArrearsTitle, LedgerPosting
from cadastre.queries.collection_reports import prescription_watch
from cadastre.queries.debts import debts_numbered, debts_of
from cadastre.queries.open_debts import open_debts
from cadastre.queries.published_rates import InterestRateMissing
from tests.cadastre.operations.collection.desk import clock, open_desk
from tests.people import ALMA

SHEET = """Título;Año;Rubro;Emitido;Pagado;Estado;Tipo de predio;Predio;Contribuyente;Interés calculado hasta
A-1;2023;Predial;50,00;10,00;Emitido;Urbano;1;Rosa Quishpe;31/12/2023
A-1;2023;Bomberos;3,00;0,00;Emitido;Urbano;1;Rosa Quishpe;31/12/2023
A-1;2023;Recargo;5,00;0,00;Emitido;Urbano;1;Rosa Quishpe;31/12/2023
A-2;2022;Predial;31,15;0,00;Coactiva;Urbano;999;Alguien Que Ya No Está;31/12/2023
A-3;2022;Predial;20,00;20,00;Pagado;Urbano;1;Rosa Quishpe;
A-4;2021;Predial;19,99;0,00;Baja;Urbano;1;Rosa Quishpe;
A-6;2003;Predial;1,00;0,00;Emitido;Urbano;1;Rosa Quishpe;
A-5;2021;Predial;doce;0,00;Emitido;Urbano;1;Rosa Quishpe;
"""


def load(path, *more):
    out = StringIO()
    folder = str(path.parent / "informe")
    call_command(
        "import_arrears",
        str(path),
        "--municipality",
        "mejia",
        "--report",
        folder,
        *more,
        stdout=out,
    )
    return out.getvalue()


@pytest.mark.django_db
def test_balances_are_the_old_systems_and_nothing_is_dropped(tmp_path, monkeypatch):
    clock(monkeypatch, date(2024, 2, 10), "import_arrears")
    desk = open_desk()
    path = tmp_path / "cartera.csv"
    path.write_text(SHEET, encoding="utf-8")
    assert "Ensayo" in load(path)
    assert not ArrearsTitle.objects.exists()
    told = load(path, "--commit", "--by", ALMA.cedula)
    assert "Sin predio en el catastro         1" in told
    assert "Filas que no entran               1" in told
    assert "80,15" in told.splitlines()[-4]  # 40 + 3 + 5 + 31.15 + 1
    assert {p.name for p in (tmp_path / "informe").iterdir()} == {
        "informe.txt",
        "saldos.csv",
        "sin_predio.csv",
        "sin_leer.csv",
    }
    booked = LedgerPosting.objects.filter(entry__kind="TAKE_OVER", amount__gt=0)
    assert str(booked.aggregate(total=Sum("amount"))["total"]) == "80.15"
    unit = desk.unit("1")
    assert [(d.number, str(d.amount)) for d in open_debts(unit, date(2024, 2, 10))] == [
        ("A-6", "1.00"),
        ("A-1", "48.00"),
    ]
    assert [one.debt.number for one in debts_of(desk.town, units=[unit.pk])][:3] == [
        "A-6",
        "A-3",
        "A-1",
    ]
    (old, *_) = prescription_watch(desk.town, on=date(2024, 2, 10), within_days=1)
    assert (old.number, old.prescribes_on) == ("A-6", None)
    with pytest.raises(InterestRateMissing, match="no hay norma"):
        desk.pay(*debts_numbered(desk.town, ["A-6"]))
    (lost,) = debts_numbered(desk.town, ["A-2"])
    made = desk.pay(lost).payment
    assert str(made.amount) == "31.82"  # + 2 months of 1.076 % of 31.15
    assert made.unit_id is None
    listed = StringIO()
    call_command(
        "export_arrears",
        *("--municipality", "mejia", "--purpose", "cartas", "--by", ALMA.cedula),
        *("--report", str(tmp_path / "lista"), "--through-year", "2023"),
        stdout=listed,
    )
    assert "2 títulos, saldo 49,00" in listed.getvalue()
    assert "A-1;2023;URBAN;;1;Rosa Quishpe;;48.00" in (tmp_path / "lista/cartera.csv").read_text(
        encoding="utf-8-sig"
    )
    assert "Títulos nuevos                    0" in load(path, "--commit", "--by", ALMA.cedula)
    path.write_text(SHEET.replace("50,00;10,00", "50,00;50,00"), encoding="utf-8")
    with pytest.raises(CommandError, match="otro saldo"):
        load(path, "--commit", "--by", ALMA.cedula)

"""The night's exchange with a bank: what is owed goes out; payments come in once, wrong lines with their reasons."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from cadastre.models import Payment
from tests.cadastre.operations.collection.desk import clock, open_desk
from tests.people import ALMA

JULY = date(2026, 7, 1)
LINES = """referencia;numero_titulo;fecha_pago;valor
R1;{one};2026-07-01;68.50
R1;{one};2026-07-01;68.50
R2;{one};2026-07-01;68.50
R3;{two};2026-07-01;60.00
R4;2026-U-999999;2026-07-01;1.00
R5;{two};2026-06-30;62.45
R6;{two};2026-08-01;68.50
"""


def run(*arguments):
    out = StringIO()
    call_command(*arguments, "--municipality", "mejia", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_night_with_the_bank(tmp_path, monkeypatch):
    clock(monkeypatch, JULY, "bank_files")
    desk = open_desk()
    by = ("--by", ALMA.cedula)
    run("add_cash_desk", "--code", "PICH", "--name", "Banco", "--bank", "--commit", *by)
    out = tmp_path / "deudas.csv"
    told = run("write_bank_file", "--out", str(out), "--on", "2026-07-01")
    assert ": 3 títulos" in told
    assert ";68.50;2026-12-31" in out.read_text()
    again = tmp_path / "otra.csv"
    run("write_bank_file", "--out", str(again), "--on", "2026-07-01")
    assert again.read_bytes() == out.read_bytes()
    assert "Quishpe" not in out.read_text()

    one, two = desk.title("1").number, desk.title("2").number
    paid = tmp_path / "pagos.csv"
    paid.write_text(LINES.format(one=one, two=two), encoding="utf-8")
    take = ("take_bank_file", str(paid), "--desk", "PICH", "--report", str(tmp_path / "r"))
    assert "Ensayo" in run(*take)
    assert not Payment.objects.exists()
    told = run(*take, "--commit", *by).splitlines()
    assert [line.split() for line in told[:3]] == [
        ["cobradas", "2", "130,95"],
        ["repetidas", "1", "68,50"],
        ["rechazadas", "4", "198,00"],
    ]
    assert "ya consta pagado" in told[3]
    assert "Ahora se deben" in told[4]
    assert "01/07/2026: archivo 68,50, libro 68,50: coincide" in "\n".join(told)
    june = Payment.objects.get(reference="R5")
    assert (str(june.amount), june.paid_on, june.entry.booked_on) == (
        "62.45",  # the discount of 30 June, which the bank saw
        date(2026, 6, 30),
        JULY,
    )
    before = Payment.objects.count()
    again = run(*take, "--commit", *by)
    assert Payment.objects.count() == before
    assert "repetidas         3" in again

"""A registrar's list meets the register: what is there, what nobody brought, what does not fit.

lot 1  TOMÁS sells to INÉS, and the register still says TOMÁS      inscribed and not brought
lot 2  INÉS bought it, and the register says INÉS                  already there
lot 3  the register says VERA, the list says TOMÁS to INÉS         holder differs
lot 9  nobody knows it                                            key not found
"""

import csv
from fractions import Fraction

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from shapely import box

from cadastre.imports.parcel_map import InvalidMap
from cadastre.imports.transfer_map import transfer_map
from cadastre.keys.plain_text import plain
from cadastre.models import ImportBatch, Party, PartyIdentity, Right, TransferNotice
from cadastre.queries.judged_notices import judged_notices
from gis_project.territory.clock import today_in
from gis_project.territory.models import AccessRecord, AuditEvent
from tests import register, staff
from tests.people import INES, ROSA, TOMAS, VERA

HEADER = (
    "Nro inscripción;Repertorio;Fecha de inscripción;Notaría;Clave catastral;Cédula vendedor;Vendedor;"
    "Cédula comprador;Comprador;Cuantía"
)


def key(lot: int) -> str:
    return f"17035001010010{lot:02d}00000000"


@pytest.fixture
def town(db):
    built = register.town()
    act = register.operation(built)
    for lot, owner in ((1, TOMAS), (2, INES), (3, VERA)):
        east = 770_000 + 30 * lot
        unit = register.predio(
            act, box(east, 9_943_000, east + 20, 9_943_030), key(lot), number=str(lot)
        )
        register.holder(act, unit, owner.full_name, owner.cedula, share=Fraction(1))
    for one in PartyIdentity.objects.all():
        PartyIdentity.objects.filter(pk=one.pk).update(search_name=plain(one.full_name))
    register.settle()
    staff.appoint(ROSA, "cadastre_technician", built)
    return built


def row(number, lot_key, *, day="05/10/2026", seller=TOMAS, buyer=INES, price="12.500,00"):
    return (
        f"{number};88;{day};Notaría Primera;{lot_key};{seller.cedula};{seller.full_name};"
        f"{buyer.cedula};{buyer.full_name};{price}"
    )


@pytest.fixture
def monthly(tmp_path):
    path = tmp_path / "octubre.csv"
    rows = [
        row(1, key(1)),
        row(2, key(2)),
        row(3, key(3)),
        row(4, key(9)),
        row(5, key(1), day="32/10/2026"),
    ]
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


def load(path, folder, *options: str) -> None:
    call_command(
        "import_transfer_list", path, "--municipality", "mejia", "--by", ROSA.cedula,
        "--report", folder, *options,
    )  # fmt: skip


def crossing(folder):
    with (folder / "cruce.csv").open(encoding="utf-8-sig", newline="") as file:
        return {line["inscripcion"]: line for line in csv.DictReader(file, delimiter=";")}


def test_each_row_is_judged_and_none_is_lost(town, monthly, tmp_path, capsys):
    load(monthly, tmp_path / "r", "--commit")
    found = crossing(tmp_path / "r")
    assert {n: line["resultado"] for n, line in found.items()} == {
        "1": "inscrita y no traída",
        "2": "ya consta",
        "3": "el titular es otro",
        "4": "la clave no se encuentra",
    }
    assert next(iter(found)) == "1"
    assert "razón de inscripción" in found["1"]["que_hacer"]
    assert found["1"]["precio"] == "12.500,00"
    unread = (tmp_path / "r" / "sin_leer.csv").read_text(encoding="utf-8-sig")
    assert "32/10/2026" in unread
    assert "día/mes/año" in unread
    batch = ImportBatch.objects.get(subject="transfers")
    assert (batch.read, batch.admitted, batch.rejected) == (5, 4, 1)
    assert "Filas leídas         5" in capsys.readouterr().out


def test_the_sheet_for_excel_holds_the_same(town, monthly, tmp_path):
    load(monthly, tmp_path / "r", "--commit")
    sheet = openpyxl.load_workbook(tmp_path / "r" / "cruce.xlsx").active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 5
    assert rows[1][7] == key(1)


def test_twice_is_once(town, monthly, tmp_path, capsys):
    load(monthly, tmp_path / "a", "--commit")
    load(monthly, tmp_path / "b", "--commit")
    assert TransferNotice.objects.count() == 4
    assert crossing(tmp_path / "a") == crossing(tmp_path / "b")
    assert "Repetidas            4" in capsys.readouterr().out


def test_a_dry_run_keeps_nothing(town, monthly, tmp_path):
    load(monthly, tmp_path / "r")
    assert len(crossing(tmp_path / "r")) == 4
    assert not TransferNotice.objects.exists()
    assert not AuditEvent.objects.filter(action="import_transfer_list").exists()


def test_the_answer_follows_the_register(town, monthly, tmp_path):
    """The holder of lot 1 changes after the load: the same notice is then registered."""
    load(monthly, tmp_path / "r", "--commit")
    act = register.operation(town)
    unit = Right.objects.get(party__identity__id_number=TOMAS.cedula).unit
    ines = Party.objects.get(identity__id_number=INES.cedula)
    register.holder(act, unit, "", share=None, kind="RIGHTS_AND_ACTIONS", party=ines)
    now = {one.inscription: one.verdict for one in judged_notices(town, on=today_in(town))}
    assert (now["1"], now["2"]) == ("REGISTERED", "REGISTERED")


def test_names_meet_where_a_document_is_missing(town, tmp_path):
    path = tmp_path / "n.csv"
    path.write_text(
        f"Fecha;Predio;Comprador;Vendedor\n2026-10-05;2;{INES.full_name.upper()};X\n",
        encoding="utf-8",
    )
    load(path, tmp_path / "r", "--commit")
    assert TransferNotice.objects.get().property_number == "2"
    (line,) = crossing(tmp_path / "r").values()
    assert (line["numero_de_predio"], line["resultado"]) == ("2", "ya consta")


def test_the_register_itself_does_not_change(town, monthly, tmp_path):
    before = list(Right.objects.order_by("pk").values_list())
    load(monthly, tmp_path / "r", "--commit")
    assert list(Right.objects.order_by("pk").values_list()) == before
    assert AccessRecord.objects.filter(action="import_transfer_list").count() == 1


def test_refusals(town, monthly, tmp_path):
    with pytest.raises(CommandError, match="--by"):
        call_command("import_transfer_list", monthly, "--municipality", "mejia", "--commit")
    staff.appoint(VERA, "auditor", town)
    with pytest.raises(CommandError, match="nombramiento"):
        call_command(
            "import_transfer_list", monthly, "--municipality", "mejia", "--by", VERA.cedula
        )
    empty = tmp_path / "e.csv"
    empty.write_text("Clave;Otra\n1;2\n", encoding="utf-8")
    with pytest.raises(CommandError, match="fecha"):
        load(empty, tmp_path / "r")
    wrong = tmp_path / "m.toml"
    wrong.write_text('title = "x"\n[columns]\nprize = ["a"]\n', encoding="utf-8")
    with pytest.raises(InvalidMap, match="prize"):
        transfer_map(str(wrong))

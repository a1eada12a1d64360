"""A former system's sheet: what is read, what is refused with its reason, and its balances to the cent."""

import pytest

from cadastre.imports.arrears_map import arrears_map
from cadastre.imports.arrears_report import sums_of
from cadastre.imports.arrears_rows import read_arrears
from cadastre.imports.parcel_map import InvalidMap
from cadastre.imports.raw_layer import RawLayer, RawRecord

FIELDS = "Título;Año;Rubro;Emitido;Pagado;Estado;Tipo de predio;Clave;Interés calculado hasta"
GOOD = "7;2024;Predial;50,00;20,00;Emitido;Urbano;1703;31/12/2025"


def sheet(*lines):
    names = FIELDS.split(";")
    records = [
        RawRecord(position=n, attributes=dict(zip(names, line.split(";"), strict=True)))
        for n, line in enumerate(lines, start=2)
    ]
    return RawLayer(format="CSV", layer="hoja", fields=names, records=records)


def read(*lines):
    return read_arrears(sheet(*lines), arrears_map("plain"))


def test_rows_of_a_title_belong_together():
    titles, rejected = read(
        GOOD,
        "7;2024;Bomberos;3,10;0;Emitido;Urbano;1703;31/12/2025",
        "7;2024;Interés por mora;1.234,56;0;Emitido;Urbano;1703;31/12/2025",
        "7;2023;Predial;40;40;Pagado;U;;",
    )
    assert rejected == []
    assert [(one.year, one.number, str(one.balance)) for one in titles] == [
        (2024, "7", "1267.66"),
        (2023, "7", "0.00"),
    ]
    assert [(s.year, s.concept, str(s.balance)) for s in sums_of(titles)] == [
        (2023, "Predial", "0.00"),
        (2024, "Bomberos", "3.10"),
        (2024, "Interés por mora", "1234.56"),
        (2024, "Predial", "30.00"),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (GOOD.replace("7;", ";", 1), "no_number"),
        (GOOD.replace("2024", "24"), "bad_year"),
        (GOOD.replace("Predial", "Peaje"), "unknown_concept"),
        (GOOD.replace("Emitido", "Perdido"), "unknown_state"),
        (GOOD.replace("50,00", "cincuenta"), "bad_amount"),
        (GOOD.replace("50,00", "50,005"), "bad_amount"),
        (GOOD.replace("50,00", "-1"), "bad_amount"),
        (GOOD.replace("20,00", "60,00"), "paid_more"),
        (GOOD.replace("Emitido", "Pagado"), "paid_with_balance"),
        (GOOD.replace("Urbano", "Marino"), "bad_kind"),
        (GOOD.replace("31/12/2025", "ayer"), "bad_date"),
        (GOOD.replace("Predial", "Interés").replace("31/12/2025", ""), "interest_without_day"),
    ],
)
def test_a_row_that_cannot_be_read_takes_its_whole_title_out(line, code):
    other = GOOD.replace("Predial", "Bomberos")
    number, year = line.split(";")[:2]
    _, rest = other.split(";2024;", 1)
    titles, rejected = read(line, f"{number};{year};{rest}", GOOD.replace("7;", "8;", 1))
    assert [one.number for one in titles] == ["8"]
    assert [row.reason.code for row in rejected] == [code, code]


def test_a_sheet_without_the_needed_columns_is_refused():
    layer = RawLayer(format="CSV", layer="hoja", fields=["Título", "Año"], records=[])
    with pytest.raises(InvalidMap):
        read_arrears(layer, arrears_map("plain"))

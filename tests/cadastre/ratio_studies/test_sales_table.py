"""Sales come from any sheet; a row that cannot be read is told with its place."""

from datetime import date
from decimal import Decimal

import pytest

from cadastre.ratio_studies.sale import Exclusion
from cadastre.ratio_studies.sales_table import (
    ColumnMissing,
    SalesColumns,
    check_columns,
    read_sales,
)

COLUMNS = SalesColumns(
    price="precio", value="avaluo", sold_on="fecha", stratum="zona", name="clave", excluded="nota"
)


def row(**told):
    return {"precio": "45000", "avaluo": "40000.50", "fecha": "31/12/2025", "zona": "U1"} | told


def test_a_row_is_read_whole():
    [sale], rejected = read_sales([row(clave="17-03", nota="RELATIVES")], COLUMNS)
    assert rejected == []
    assert (sale.name, sale.price, sale.value) == ("17-03", Decimal(45000), Decimal("40000.50"))
    assert (sale.sold_on, sale.stratum) == (date(2025, 12, 31), "U1")
    assert sale.told is Exclusion.RELATIVES


def test_decimal_comma_is_said_and_not_guessed():
    [sale], _ = read_sales([row(precio="45.000,50", avaluo="40.000,5")], COLUMNS, decimal_sign=",")
    assert sale.price == Decimal("45000.50")


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"precio": "mucho"}, "El precio «mucho» no es un número."),
        ({"avaluo": "x"}, "El avalúo «x» no es un número."),
        ({"fecha": "31/02/2025"}, "La fecha «31/02/2025» no se entiende: escriba día/mes/año."),
    ],
)
def test_a_row_that_cannot_be_read_is_told(told, reason):
    sales, [rejected] = read_sales([row(), row(**told)], COLUMNS)
    assert len(sales) == 1
    assert (rejected.position, rejected.reason) == (2, reason)


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        ("entre familiares", Exclusion.RELATIVES),
        ("forced", Exclusion.FORCED),
        ("permuta", Exclusion.NOT_MARKET),
        ("", None),
    ],
)
def test_a_reason_is_read_by_code_or_words(note, reason):
    [sale], _ = read_sales([row(nota=note)], COLUMNS)
    assert sale.told is reason


def test_what_is_empty_is_not_known():
    [sale], _ = read_sales([row(precio="", avaluo=None, fecha="")], COLUMNS)
    assert (sale.name, sale.price, sale.value, sale.sold_on) == ("", None, None, None)


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(ColumnMissing, match=r"«precio»\. Tiene: valor, avaluo"):
        check_columns(SalesColumns(price="precio"), ["valor", "avaluo"])

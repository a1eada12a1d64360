"""Zones of a map enter with one value a code, or none of them does."""

from decimal import Decimal

import pytest
import shapely

from cadastre.imports.ordinance_file import LandValueRow
from cadastre.imports.parcel_map import NoSuchColumn
from cadastre.imports.raw_layer import RawLayer, RawRecord
from cadastre.imports.value_zones import InvalidZones, ZoneColumns, value_zones
from tests.shapes import at, rectangle

ALL = ZoneColumns(code="codigo", value="valor", kind="clase")
BOW_TIE = shapely.Polygon([at(0, 0), at(40, 40), at(40, 0), at(0, 40)])
LOT = rectangle(0, 0, 80, 20)


def layer(*rows):
    """(code, value, kind, shape) as a file has them."""
    return RawLayer(
        format="GPKG",
        layer="zonas",
        srid=32717,
        fields=["CODIGO", "valor", "clase"],
        records=[
            RawRecord(
                position=n,
                attributes={"CODIGO": code, "valor": value, "clase": kind},
                shape=shapely.to_wkb(shape) if shape is not None else None,
                flaw=None if shape is not None else ("no_geometry", "No trae polígono."),
            )
            for n, (code, value, kind, shape) in enumerate(rows, 1)
        ],
    )


def read(*rows, columns=ALL, told=()):
    return value_zones(layer(*rows), srid=32717, columns=columns, told=told)


def test_values_are_read_as_people_write_them_and_kinds_in_their_words():
    zones = read(
        ("Z1", "1.234,50", "Urbana", LOT),
        ("R1", 45.29999923706055, "r", rectangle(100, 0, 50, 50)),
        (7, 12, "RURAL", rectangle(200, 0, 50, 50)),
    )
    assert [(z.code, z.kind, z.value) for z in zones] == [
        ("Z1", "URBAN", Decimal("1234.5")),
        ("R1", "RURAL", Decimal("45.3000")),
        ("7", "RURAL", Decimal("12")),
    ]
    assert {z.geom.geom_type for z in zones} == {"MultiPolygon"}


def test_the_ordinances_own_rows_tell_what_the_map_does_not():
    rows = [LandValueRow("Z1", "URBAN", Decimal(120))]
    [zone] = read(("Z1", None, None, LOT), columns=ZoneColumns(code="codigo"), told=rows)
    assert (zone.kind, zone.value) == ("URBAN", 120)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("Z1", 100, "urbana", BOW_TIE)], r"registro 1 \(Z1\): .*se cruza a sí mismo.* X=774020"),
        ([("Z1", 100, "urbana", None)], r"registro 1 \(Z1\): No trae polígono"),
        ([("", 100, "urbana", LOT)], "el código está vacío"),
        ([("Z1", 0, "urbana", LOT)], "mayor que 0"),
        ([("Z1", "1e3", "urbana", LOT)], "no es un número"),
        ([("Z1", "1.23456", "urbana", LOT)], "más de 4 decimales"),
        ([("Z1", None, "urbana", LOT)], "no es un número"),
        ([("Z1", 100, "mixta", LOT)], "«mixta» no es urbana ni rural"),
        ([("Z1", 100, "urbana", LOT), ("Z1", 90, "urbana", LOT)], "registro 2 .* registro 1 da"),
        ([("Z1", 100, "urbana", LOT), ("Z1", 100, "rural", LOT)], "registro 2 .* otra clase"),
        ([], "no tiene registros"),
    ],
)
def test_an_unfit_zone_refuses_all(rows, told):
    with pytest.raises(InvalidZones, match=told):
        read(*rows)


def test_map_and_rows_must_agree():
    with pytest.raises(InvalidZones, match=r"el mapa dice URBAN 100 y la fila .* 120"):
        read(("Z1", 100, "U", LOT), told=[LandValueRow("Z1", "URBAN", Decimal(120))])


def test_a_zone_that_nobody_values_is_refused():
    with pytest.raises(InvalidZones, match="dé --kind-field y --value-field"):
        read(("Z1", 100, "U", LOT), columns=ZoneColumns(code="codigo"))


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(NoSuchColumn, match="zona"):
        read(("Z1", 100, "U", LOT), columns=ZoneColumns(code="zona"))

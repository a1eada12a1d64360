"""Condominiums come in the same way in any order of matrix and units, and with either import."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cadastre.models import Observation, PropertyUnit
from gis_project.territory.models import Municipality
from tests.cadastre.operations.imports import take_in
from tests.cadastre.operations.test_import_register import bring
from tests.people import ROSA
from tests.register import parish, town
from tests.shapes import square

MATRIX = "170350010203000100000000"
UNITS = ["170350010203000100101001", "170350010203000100101002"]
HEADER = "clave;cédula;propietario;alícuota;avalúo;año"


@pytest.fixture
def mejia(db: None) -> Municipality:
    municipality = town()
    parish(municipality)
    return municipality


def matrix_by_map(mejia: Municipality, folder: Path) -> None:
    take_in(mejia, folder, [square()], clave=[MATRIX])


def matrix_by_sheet(mejia: Municipality, folder: Path) -> None:
    bring(mejia, folder, f"{MATRIX};{ROSA.cedula};{ROSA.full_name};;5;2026", header=HEADER)


def units_by_map(
    mejia: Municipality, folder: Path, aliquots: Sequence[str | None] = ("0.4", "0.6")
) -> Any:
    fields = {"key": "clave", "aliquot": "ali"}
    return take_in(mejia, folder, [None, None], clave=UNITS, ali=aliquots, fields=fields)


def units_by_sheet(
    mejia: Municipality, folder: Path, aliquots: Sequence[str] = ("40", "60")
) -> Any:
    rows = [
        f"{key};{ROSA.cedula};{ROSA.full_name};{aliquot};99;2026"
        for key, aliquot in zip(UNITS, aliquots, strict=True)
    ]
    return bring(mejia, folder, *rows, header=HEADER)


def register() -> tuple[list[Any], list[Any]]:
    """What stands of units and open observations, without identifiers."""
    units = PropertyUnit.objects.order_by("keys__text")
    open_ones = Observation.objects.filter(resolved_by__isnull=True)
    return (
        [
            (u.keys.get().text, u.kind, u.state, u.aliquot, u.is_taxable, u.parcel_id is not None)
            for u in units
        ],
        sorted(open_ones.values_list("unit__keys__text", "code")),
    )


COMPLETE = [
    (MATRIX, "WHOLE", "ACTIVE", None, False, True),
    (UNITS[0], "CONDOMINIUM", "ACTIVE", Decimal("0.4"), True, True),
    (UNITS[1], "CONDOMINIUM", "ACTIVE", Decimal("0.6"), True, True),
]


@pytest.mark.parametrize("units", [units_by_map, units_by_sheet])
@pytest.mark.parametrize("is_matrix_first", [True, False])
def test_the_order_of_matrix_and_units_does_not_matter(
    mejia: Municipality, tmp_path: Path, units: Any, is_matrix_first: bool
) -> None:
    steps = [matrix_by_map, units] if is_matrix_first else [units, matrix_by_map]
    for step in steps:
        step(mejia, tmp_path)
    assert register() == (COMPLETE, [])
    assert PropertyUnit.objects.values("parcel").distinct().count() == 1
    assert units(mejia, tmp_path).written == 0


@pytest.mark.parametrize("units", [units_by_map, units_by_sheet])
def test_a_matrix_that_comes_with_the_sheet_gets_its_units_too(
    mejia: Municipality, tmp_path: Path, units: Any
) -> None:
    units(mejia, tmp_path)
    assert {state for _, _, state, *_ in register()[0]} == {"OBSERVED"}
    matrix_by_sheet(mejia, tmp_path)
    (matrix, *flats), _ = register()
    assert matrix[4] is False
    assert [(kind, on_ground) for _, kind, _, _, _, on_ground in flats] == [
        ("CONDOMINIUM", True)
    ] * 2
    matrix_by_map(mejia, tmp_path)
    assert register() == (COMPLETE, [])


@pytest.mark.parametrize("is_matrix_first", [True, False])
def test_units_without_aliquot_wait_for_it(
    mejia: Municipality, tmp_path: Path, is_matrix_first: bool
) -> None:
    if is_matrix_first:
        matrix_by_map(mejia, tmp_path)
    units_by_map(mejia, tmp_path, ["0.4", None])
    if not is_matrix_first:
        matrix_by_map(mejia, tmp_path)
    waiting = (UNITS[1], "WHOLE", "OBSERVED", None, True, False)
    assert register() == ([*COMPLETE[:2], waiting], [(UNITS[1], "no_aliquot")])
    units_by_map(mejia, tmp_path)
    assert register() == (COMPLETE, [])


def test_a_sheet_with_the_aliquot_puts_the_unit_on_its_matrix(
    mejia: Municipality, tmp_path: Path
) -> None:
    units_by_sheet(mejia, tmp_path, ["40", ""])
    matrix_by_map(mejia, tmp_path)
    assert register()[1] == [(UNITS[1], "no_aliquot")]
    report = units_by_sheet(mejia, tmp_path)
    assert (report.written, report.without_map) == (1, 0)
    assert register() == (COMPLETE, [])


def test_units_and_matrix_in_one_sheet(mejia: Municipality, tmp_path: Path) -> None:
    rows = [
        f"{key};{ROSA.cedula};{ROSA.full_name};{aliquot};1;2026"
        for key, aliquot in ((UNITS[0], "40"), (MATRIX, ""), (UNITS[1], "60"))
    ]
    report = bring(mejia, tmp_path, *rows, header=HEADER)
    assert report.units_without_map == [MATRIX]
    matrix_by_map(mejia, tmp_path)
    assert register() == (COMPLETE, [])


def test_a_unit_on_its_matrix_brings_no_polygon_of_its_own(
    mejia: Municipality, tmp_path: Path
) -> None:
    matrix_by_map(mejia, tmp_path)
    units_by_map(mejia, tmp_path)
    report = take_in(mejia, tmp_path, [square(40)], clave=UNITS[:1])
    assert [rejection.code for rejection in report.rejections] == ["unit_on_matrix"]

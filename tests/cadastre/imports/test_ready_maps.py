"""Each ready map reads a small invented export in the shape of its system."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from cadastre.imports.reading import read_file
from cadastre.imports.register_map import ready_maps, register_map
from cadastre.imports.register_rows import RegisterFile, UnitRecord, Value, read_register
from tests.people import cedula

ROSA, TOMAS = cedula(4_000_001), cedula(4_000_002)
A, B = "17035001020100100", "17035101010300700"


def read(folder: Path, name: str, *lines: str) -> RegisterFile:
    path = folder / "export.csv"
    path.write_text("\n".join(lines) + "\n", encoding="cp1252")
    layer = read_file(path, table={"has_geometry": False})
    return read_register(layer, register_map(name), default_year=2025)


def values(unit: UnitRecord) -> dict[int, tuple[str, str, str]]:
    return {
        year: (str(value.land), str(value.building), str(value.total))
        for year, value in unit.values.items()
    }


def holders(unit: UnitRecord) -> list[tuple[str, str, str, Fraction | None]]:
    return [(h.holder.id_number, h.holder.full_name, h.kind, h.share) for h in unit.held]


def test_the_maps_are_those_that_the_page_names() -> None:
    assert ready_maps() == ["plain", "sic-ame", "sinat"]


def test_titles_of_sic_ame(tmp_path: Path) -> None:
    """The sheet that SQL Server writes of TITULOS_PREDIO: points mark the decimals, four of them."""
    read_in = read(
        tmp_path,
        "sic-ame",
        "Pre_CodigoCatastral;TitPr_NumTitulo;Titpr_RUC_CI;TitPr_Nombres;TitPr_DireccionCont;"
        "TitPr_ValTotalTerrPredio;TitPr_ValTotalEdifPredio;TitPr_ValCultivos;TitPr_ValComerPredio;TitPr_FechaEmision",
        f"{A};2025-000001-PU;{ROSA};QUISHPE TOAPANTA ROSA;Sucre;12345.6780;8000.1000;0.0000;20345.7800;2025-01-01",
        f"{B};2025-000003-PR;{TOMAS};NÚÑEZ CAIZA TOMÁS;;70001.0000;4500.2500;498.7500;75000.0000;2025-01-01",
    )
    first, second = read_in.units
    assert read_in.rejected == []
    assert [unit.key_text for unit in read_in.units] == [A, B]
    assert holders(first) == [(ROSA, "QUISHPE TOAPANTA ROSA", "OWNERSHIP", Fraction(1))]
    assert values(first) == {2025: ("12345.68", "8000.10", "20345.78")}
    assert values(second) == {2025: ("70001.00", "4500.25", "75000.00")}  # crops are in the total


def test_predios_and_values_of_sic_ame(tmp_path: Path) -> None:
    predio = read(
        tmp_path,
        "sic-ame",
        "Pre_CodigoCatastral;Pre_Tipo;Pre_NombrePredio;Pre_AreaTotalTer;Pre_AreaTotalConst",
        f"{A};Urbano;Solar de la esquina;1234.567;80.25",
        f"{B};Rural;El Porvenir;35000.5;45",
    )
    assert [unit.ficha for unit in predio.units] == [
        {"kind": "URBAN", "address": "Solar de la esquina"},
        {"kind": "RURAL", "address": "El Porvenir"},
    ]
    value = read(
        tmp_path,
        "sic-ame",
        "Pre_CodigoCatastral;ValPr_ValM2TerrAfec;ValPr_ValTotalTerrPredio;ValPr_ValTotalEdifPredio;ValPr_ValComerPredio",
        f"{A};10.0000;12345.6780;8000.1000;20345.7800",
    )
    assert value.units[0].values == {
        2025: Value(Decimal("12345.68"), Decimal("8000.10"), Decimal("20345.78"))
    }


def test_owners_of_sic_ame_by_name_and_surname(tmp_path: Path) -> None:
    """What a view of PREDIO, PROPIETARIO and CIUDADANO gives: one row for each owner."""
    read_in = read(
        tmp_path,
        "sic-ame",
        "Pre_CodigoCatastral;Ciu_Cedula;Ciu_Apellidos;Ciu_Nombres;Pro_DireccionDomicilio;Porcentaje",
        f"{A};{ROSA};QUISHPE;ROSA;Machachi;50",
        f"{A};{TOMAS};CAIZA;TOMÁS;Machachi;50",
    )
    (unit,) = read_in.units
    assert holders(unit) == [
        (ROSA, "QUISHPE ROSA", "OWNERSHIP", Fraction(1, 2)),
        (TOMAS, "CAIZA TOMÁS", "OWNERSHIP", Fraction(1, 2)),
    ]


def test_rural_fichas_of_sinat(tmp_path: Path) -> None:
    read_in = read(
        tmp_path,
        "sinat",
        "codigo_catastral;numero_ficha;tipo_predio;nombre_predio;numero_documento;nombres;apellidos;tipo_tenencia;"
        "porcentaje_participacion;superficie_escritura;destino_economico;avaluo_tierra;avaluo_construcciones;avaluo_total;vigencia",
        f"{B};701;Rural;El Porvenir;{ROSA};ROSA;QUISHPE;Propietario;100;3.5001;Agrícola;70001.00;4500.25;74501.25;2024",
        f"170351010103008;702;Rural;La Loma;{TOMAS};TOMÁS;NÚÑEZ;Posesión;;0.25;Pecuario;900.5;0;900.5;2024",
    )
    first, second = read_in.units
    assert first.number == "701"
    assert first.ficha == {
        "kind": "RURAL",
        "address": "El Porvenir",
        "land_use": "Agrícola",
        "titled_area": Decimal("35001.0000"),
    }
    assert values(first) == {2024: ("70001.00", "4500.25", "74501.25")}
    assert holders(first) == [(ROSA, "QUISHPE ROSA", "OWNERSHIP", Fraction(1))]
    assert holders(second) == [(TOMAS, "NÚÑEZ TOMÁS", "POSSESSION", Fraction(1))]
    assert values(second) == {2024: ("900.50", "0.00", "900.50")}


def test_a_plain_sheet(tmp_path: Path) -> None:
    read_in = read(
        tmp_path,
        "plain",
        "Clave catastral;Cédula o RUC;Propietario;Tenencia;Cuota;Clase;Avalúo terreno;Avalúo construcción;"
        "Avalúo total;Año",
        f"{A};{ROSA};Rosa Quishpe;Dominio;100;Urbano;1.234,50;765,50;2.000,00;2025",
    )
    (unit,) = read_in.units
    assert values(unit) == {2025: ("1234.50", "765.50", "2000.00")}
    assert unit.ficha == {"kind": "URBAN"}


@pytest.mark.parametrize("name", ["plain", "sic-ame", "sinat"])
def test_no_meaning_of_a_map_takes_the_column_of_another(name: str) -> None:
    columns = register_map(name).columns
    names = [
        plain_name
        for meaning in columns.__slots__
        for plain_name in {n.casefold().replace("_", "") for n in getattr(columns, meaning)}
    ]
    assert len(names) == len(set(names))

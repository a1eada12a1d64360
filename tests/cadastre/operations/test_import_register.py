"""The alphanumeric cadastre comes in: holders, exact shares, values to the cent, and what has no map."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cadastre.imports.reading import read_file
from cadastre.imports.register_map import register_map
from cadastre.models import (
    KeyAlias,
    MigratedValue,
    Observation,
    Operation,
    ParcelVersion,
    Party,
    PartyIdentity,
    PropertyUnit,
    Right,
)
from cadastre.operations.import_act import SourceFile
from cadastre.operations.import_register import RegisterImport, import_register
from gis_project.territory.models import AuditEvent, Municipality
from gis_project.territory.policy import CONSOLE
from tests.cadastre.operations.imports import take_in
from tests.people import INES, ROSA, TOMAS
from tests.register import parish, town
from tests.shapes import square, strip

A, B, C = "1703500102030001", "1703500102030002", "1703500102030003"
HEADER = "clave;cédula;propietario;tenencia;porcentaje;dirección;avalúo terreno;avalúo construcción;avalúo;año"


@pytest.fixture
def mejia(db: None) -> Municipality:
    municipality = town()
    parish(municipality)
    return municipality


def bring(
    municipality: Municipality,
    folder: Path,
    *rows: str,
    header: str = HEADER,
    commit: bool = True,
    update: bool = False,
    told: str = "plain",
):
    path = folder / "fichas.csv"
    path.write_text("\n".join([header, *rows]), encoding="cp1252")
    return bring_file(municipality, path, commit=commit, update=update, told=told)


def bring_file(municipality: Municipality, path: Path, *, told: str = "plain", **options):
    report = import_register(
        layer=read_file(path, table={"has_geometry": False}),
        source=SourceFile(path.name, "0" * 64),
        wanted=RegisterImport(map=register_map(told), update=options.get("update", False)),
        municipality=municipality,
        by=CONSOLE,
        commit=options.get("commit", True),
    )
    assert report.read == report.admitted + report.observed + report.rejected
    return report


def test_two_rows_of_one_predio_count_its_value_once(mejia: Municipality, tmp_path: Path) -> None:
    take_in(mejia, tmp_path, [square()], clave=[A])
    report = bring(
        mejia,
        tmp_path,
        f"{A};{ROSA.cedula};{ROSA.full_name};dominio;50;Calle Bolívar;1.000,50;500,00;1.500,50;2026",
        f"{A};{TOMAS.cedula};{TOMAS.full_name};dominio;50;Calle Bolívar;1.000,50;500,00;1.500,50;2026",
    )
    assert (report.read, report.admitted, report.units, report.with_map) == (2, 2, 1, 1)
    assert report.value_before == report.value_after == Decimal("1500.50")
    value = MigratedValue.objects.get()
    assert (value.year, value.land_value, value.building_value) == (2026, Decimal("1000.50"), 500)
    shares = Right.objects.values_list("kind", "share_numerator", "share_denominator")
    assert list(shares) == [("OWNERSHIP", 1, 2)] * 2
    assert ParcelVersion.objects.known().get().address == "Calle Bolívar"
    assert PartyIdentity.objects.get(id_number=TOMAS.cedula).search_name == "TOMAS CAIZA GUAMAN"


def test_the_same_file_again_writes_nothing(mejia: Municipality, tmp_path: Path) -> None:
    take_in(mejia, tmp_path, strip(2), clave=[A, B])
    rows = [
        f"{A};{ROSA.cedula};{ROSA.full_name};dominio;33,33;X;10,00;;;2026",
        f"{A};;Herederos de Ana;herederos;;X;10,00;;;2026",
        f"{C};;DESCONOCIDO;posesión;;Y;20,00;;;2026",
    ]
    first = bring(mejia, tmp_path, *rows)
    models = (
        Right,
        Party,
        MigratedValue,
        PropertyUnit,
        ParcelVersion,
        Observation,
        Operation,
        AuditEvent,
    )
    before = [Model.objects.count() for Model in models]
    again = bring(mejia, tmp_path, *rows, update=True)
    assert [Model.objects.count() for Model in models] == before
    assert (again.written, again.unchanged) == (0, first.read)
    assert again.value_before == again.value_after == Decimal("30.00")


def test_shares_that_do_not_sum_to_one_are_undetermined_and_observed(
    mejia: Municipality, tmp_path: Path
) -> None:
    take_in(mejia, tmp_path, [square()], clave=[A])
    people = [ROSA, TOMAS, INES]
    rows = [f"{A};{p.cedula};{p.full_name};dominio;33,33;;;;100;2026" for p in people]
    report = bring(mejia, tmp_path, *rows)
    assert report.reasons["shares_do_not_sum"] == 1
    assert set(Right.objects.values_list("share_numerator", flat=True)) == {None}
    assert PropertyUnit.objects.get().state == "OBSERVED"


def test_a_ficha_without_map_enters_observed_and_gets_its_map_later(
    mejia: Municipality, tmp_path: Path
) -> None:
    report = bring(mejia, tmp_path, f"{A};{ROSA.cedula};{ROSA.full_name};;;Calle 1;;;80,00;2026")
    assert (report.without_map, report.units_without_map) == (1, [A])
    unit = PropertyUnit.objects.get()
    assert unit.state == "OBSERVED"
    report_of_map = take_in(mejia, tmp_path, strip(2), clave=[A, B])
    assert report_of_map.statuses == {"NEW_MAP": 1, "NEW": 1}
    unit.refresh_from_db()
    assert unit.state == "ACTIVE"
    version = ParcelVersion.objects.known().get(parcel=unit.parcel)
    assert (version.address, version.geom.area, version.is_observed) == ("Calle 1", 400, False)
    again = bring(mejia, tmp_path, f"{A};{ROSA.cedula};{ROSA.full_name};;;Calle 1;;;80,00;2026")
    assert (again.written, again.map_without_unit) == (0, [B])


def test_rows_that_cannot_enter_are_told_and_the_sums_still_agree(
    mejia: Municipality, tmp_path: Path
) -> None:
    report = bring(
        mejia,
        tmp_path,
        f"{A};;Ana;;;;;;100;2026",
        f"{A};;Ana;;;;;;100;2026",
        f"{A};;Berta;;;;;;101;2026",
        ";;Carla;;;;;;5;2026",
        f"{B};;Dora;;;;;;cien;2026",
        f"{B};;Dora;;120;;;;7;2026",
        f"{B};;Dora;;;;50;60;100;2026",
        "1.7E+15;;Dora;;;;;;9;2026",
    )
    codes = [row.reason.code for row in report.rejections]
    assert codes == [
        "repeated_row",
        "values_differ",
        "no_key",
        "invalid_amount",
        "invalid_share",
        "values_do_not_add",
        "damaged_key",
    ]
    assert (report.read, report.rejected) == (8, 7)
    assert report.value_before == report.value_after == 100


def test_parties_meet_by_document_then_by_name(mejia: Municipality, tmp_path: Path) -> None:
    report = bring(
        mejia,
        tmp_path,
        f"{A};{ROSA.cedula};{ROSA.full_name};;;;;;1;2026",
        f"{B};{ROSA.cedula};Rosa Quispe;;;;;;1;2026",
        f"{C};;JOSÉ  ÑACATO;;;;;;1;2026",
        "L1;S/N;Jose Nacato;;;;;;1;2026",
        "L2;0000000000;N/N;;;;;;1;2026",
    )
    assert Party.objects.count() == 2
    assert report.warnings[
        "titulares con el mismo documento y otro nombre: se conserva el registrado"
    ]
    assert PropertyUnit.objects.filter(rights__isnull=True).count() == 1
    assert report.reasons["no_holder"] == 1


def test_a_bad_cedula_is_observed_and_a_bad_ruc_only_warned(
    mejia: Municipality, tmp_path: Path
) -> None:
    bring(
        mejia,
        tmp_path,
        f"{A};1712345670;Persona Mal Escrita;;;;;;1;2026",
        f"{B};1799999999001;Empresa Equis S.A.;;;;;;1;2026",
    )
    codes = dict(
        Observation.objects.values_list("unit__keys__text", "code").exclude(code="without_map")
    )
    assert codes == {A: "holder_document"}
    ruc = PartyIdentity.objects.get(id_kind="RUC")
    assert ruc.identity_warnings
    assert ruc.party.kind == "LEGAL"


def test_a_new_holder_waits_for_update_and_the_former_one_stays_in_the_past(
    mejia: Municipality, tmp_path: Path
) -> None:
    bring(mejia, tmp_path, f"{A};{ROSA.cedula};{ROSA.full_name};;;;;;1;2026")
    changed = f"{A};{INES.cedula};{INES.full_name};;;;;;1;2026"
    report = bring(mejia, tmp_path, changed)
    assert (report.changed_units, report.written) == (1, 0)
    bring(mejia, tmp_path, changed, update=True)
    (now,) = Right.objects.known().filter(valid__upper_inf=True)
    assert now.party.identity.id_number == INES.cedula
    assert Right.objects.filter(recorded__upper_inf=False).count() == 1


def test_a_value_that_was_migrated_is_never_changed(mejia: Municipality, tmp_path: Path) -> None:
    bring(mejia, tmp_path, f"{A};;Ana;;;;;;100;2026")
    report = bring(mejia, tmp_path, f"{A};;Ana;;;;;;120;2026", update=True)
    assert report.value_conflicts == [(A, 2026, Decimal("120.00"), Decimal("100.00"))]
    assert MigratedValue.objects.get().total_value == 100
    bring(mejia, tmp_path, f"{A};;Ana;;;;;;120;2027")
    assert MigratedValue.objects.count() == 2


def test_units_of_a_condominium_stand_on_their_matrix(mejia: Municipality, tmp_path: Path) -> None:
    matrix, unit = "170350010203000100000000", "170350010203000100101001"
    take_in(mejia, tmp_path, [square()], clave=[matrix])
    header = "clave;cédula;propietario;alícuota;avalúo;año"
    bring(mejia, tmp_path, f"{unit};{ROSA.cedula};{ROSA.full_name};12,5;99;2026", header=header)
    flat = PropertyUnit.objects.get(kind="CONDOMINIUM")
    assert (flat.aliquot, flat.state) == (Decimal("0.125"), "ACTIVE")
    whole = PropertyUnit.objects.get(kind="WHOLE")
    assert (flat.parcel_id, whole.is_taxable) == (whole.parcel_id, False)


def test_a_number_finds_the_predio_that_has_only_a_provisional_key(
    mejia: Municipality, tmp_path: Path
) -> None:
    take_in(mejia, tmp_path, [square()], num=["501"], fields={"number": "num"})
    header = "clave;número de predio;propietario;cédula;avalúo;año"
    bring(mejia, tmp_path, f"{A};501;{ROSA.full_name};{ROSA.cedula};5;2026", header=header)
    assert PropertyUnit.objects.count() == 1
    principal = KeyAlias.objects.known().get(is_principal=True)
    assert (principal.text, principal.scheme) == (A, "NATIONAL")


def test_a_workbook_with_numbers_as_numbers(mejia: Municipality, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["CLAVE_CATASTRAL", "CI_RUC", "NOMBRES", "AVALUO_TERRENO", "AVALUO_TOTAL", "ANIO"])
    sheet.append([int(A), int(ROSA.cedula), "Rosa Quishpe", 1234.5, 1300.25, 2026])
    book.save(tmp_path / "f.xlsx")
    report = bring_file(mejia, tmp_path / "f.xlsx", told="sic-ame")
    assert report.value_after == Decimal("1300.25")
    assert PartyIdentity.objects.get().id_number == ROSA.cedula


def test_no_personal_data_stands_in_audit_observations_or_report(
    mejia: Municipality, tmp_path: Path
) -> None:
    report = bring(
        mejia,
        tmp_path,
        f"{A};1712345670;Canario Amarillo;;;;;;1;2026",
        ";;Canario Rojo;;;;;;1;2026",
    )
    told = str(list(AuditEvent.objects.values_list("body", flat=True)))
    told += str(list(Observation.objects.values_list("message", "detail")))
    data = report.as_dict()
    data.pop("samples")
    assert "anario" not in told + str(data)
    assert "1712345670" not in told + str(data)


def test_the_kind_of_the_ground_is_told_or_follows_from_the_parish(
    mejia: Municipality, tmp_path: Path
) -> None:
    seat, country = "1708500102030001", "1703510102030001"
    header = "clave;propietario;clase"
    rows = [f"{A};;", f"{seat};;", f"{country};;", f"{B};;Rústico", "Lote 7;;"]
    report = bring(mejia, tmp_path, *rows, header=header)
    kinds = dict(ParcelVersion.objects.values_list("parcel__property_units__keys__text", "kind"))
    assert kinds == {
        A: "URBAN", seat: "URBAN", country: "RURAL", B: "RURAL", "Lote 7": "RURAL",
    }  # fmt: skip
    assert report.reasons["no_kind"] == 1
    assert report.warnings["predios con la clase de suelo de su parroquia: la hoja no la trae"] == 3
    observed = Observation.objects.get(code="no_kind")
    assert observed.unit is not None
    assert observed.unit.keys.get().text == "Lote 7"
    assert bring(mejia, tmp_path, *rows, header=header).written == 0


@pytest.mark.parametrize("word", ["urbano", "rural"])
def test_a_kind_told_later_needs_no_update(mejia: Municipality, tmp_path: Path, word: str) -> None:
    header = "clave;propietario;clase"
    bring(mejia, tmp_path, "Lote 7;;", header=header)
    report = bring(mejia, tmp_path, f"Lote 7;;{word}", header=header)
    assert report.written == 1
    assert not Observation.objects.filter(code="no_kind", resolved_by__isnull=True).exists()
    expected = "URBAN" if word == "urbano" else "RURAL"
    assert ParcelVersion.objects.known().get().kind == expected


def test_the_map_tells_the_kind_that_the_sheet_did_not(mejia: Municipality, tmp_path: Path) -> None:
    bring(mejia, tmp_path, "Lote 7;;", header="clave;propietario;clase")
    take_in(mejia, tmp_path, [square()], clave=["Lote 7"], kind="URBAN")
    assert ParcelVersion.objects.known().get().kind == "URBAN"
    assert not Observation.objects.filter(code="no_kind", resolved_by__isnull=True).exists()

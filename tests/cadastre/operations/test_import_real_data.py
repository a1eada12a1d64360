"""The real parcels of a parish, and layers that are broken on purpose."""

from decimal import Decimal
from pathlib import Path

import pytest

from cadastre.imports.limits import UPLOAD
from cadastre.imports.parcel_map import parcel_map
from cadastre.imports.reading import read_file
from cadastre.models import Parcel, ParcelVersion
from cadastre.operations.import_act import SourceFile
from cadastre.operations.import_parcels import ParcelImport, import_parcels
from gis_project.core.crs import CrsNotAccepted
from gis_project.territory.policy import CONSOLE
from tests.register import town

pytestmark = [pytest.mark.real_data]


def test_dayuma_enters_whole(db: None, real_data: Path) -> None:
    """2,445 predios of EPSG:32718: 40,265.4 ha there, 40,251.9 on the ellipsoid; no key in the file."""
    orellana = town("orellana", "2201", legal_srid=32718)
    path = real_data / "sigtierras_dayuma" / "predios_dayuma_32718.gpkg"
    layer = read_file(path, limits=UPLOAD)
    asked = {
        "layer": layer,
        "source": SourceFile(path.name, "0" * 64),
        "wanted": ParcelImport(map=parcel_map(None)),
        "municipality": orellana,
        "by": CONSOLE,
        "commit": True,
    }
    report = import_parcels(**asked)
    assert report.read == 2445 == report.admitted + report.observed + report.rejected
    assert report.rejected == 0
    for found, hectares in (
        (report.legal_area_m2, Decimal("40265.4")),
        (report.ellipsoidal_area_m2, Decimal("40251.9")),
    ):
        assert abs(found / 10_000 / hectares - 1) < Decimal("0.00001")
    assert Parcel.objects.count() == 2445
    again = import_parcels(**asked)
    assert (again.written, again.statuses["UNCHANGED"]) == (0, 2445)
    assert ParcelVersion.objects.count() == 2445


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("geometry_utils.gpkg", "overlapping_polygons"),
        ("quality_validations.gpkg", "terreno"),
        ("quality_validations.gpkg", "check_gaps_in_plots"),
        ("topology_cases.gpkg", "polygon_case7"),
    ],
)
def test_broken_layers_are_read_and_their_crs_refused(
    name: str, layer: str, db: None, real_data: Path
) -> None:
    read = read_file(real_data / "ladm_col" / name, layer=layer, limits=UPLOAD)
    assert read.srid == 3116
    with pytest.raises(CrsNotAccepted):
        import_parcels(
            layer=read,
            source=SourceFile(name, "0" * 64),
            wanted=ParcelImport(map=parcel_map(None)),
            municipality=town(),
            by=CONSOLE,
            commit=True,
        )


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("geometry_utils.gpkg", "overlapping_polygons"),
        ("quality_validations.gpkg", "terreno"),
        ("topology_cases.gpkg", "polygon_case7"),
    ],
)
def test_broken_polygons_enter_observed(name: str, layer: str, db: None, real_data: Path) -> None:
    """As if they lay here: their coordinates are read as EPSG:32717, moved north by 9,000 km."""
    import dataclasses

    import shapely

    def moved(shape: bytes | None) -> bytes | None:
        if shape is None:
            return None
        geom = shapely.from_wkb(shape)
        return shapely.to_wkb(
            shapely.transform(geom, lambda xy: xy % 100_000 + [500_000, 9_500_000])
        )

    read = read_file(real_data / "ladm_col" / name, layer=layer, limits=UPLOAD)
    records = [dataclasses.replace(record, shape=moved(record.shape)) for record in read.records]
    report = import_parcels(
        layer=dataclasses.replace(read, srid=32717, records=records),
        source=SourceFile(name, "0" * 64),
        wanted=ParcelImport(map=parcel_map(None)),
        municipality=town(),
        by=CONSOLE,
        commit=True,
    )
    assert report.read == report.admitted + report.observed + report.rejected == len(records)
    assert report.rejected == 0

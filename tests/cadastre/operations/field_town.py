"""A town for field work: three lots in a row, one of them built, and the hands that change a package in the field.

   0    20   40   60
20 ┌────┬────┬────┐
   │ 1▪ │ 2  │ 3  │     lot 1 has a house; block 50-01-02-001
 0 └────┴────┴────┘
"""

import shutil
import sqlite3
import struct
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import shapely
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from cadastre.models import BuildingVersion, Ficha, FieldPackage
from cadastre.operations.make_field_package import make_field_package
from cadastre.queries.field_area import FieldArea
from gis_project.territory.clock import today_in
from gis_project.territory.file_store import path_of
from tests import people, register, staff
from tests.cadastre.operations.ground_scenes import tolerance_ordinance
from tests.shapes import rectangle, strip

BLOCK = "50-01-02-001"
KEYS = [f"1703500101020010{number:02}000000" for number in (1, 2, 3)]


class FieldTown:
    """The municipality, its lots, and who works with packages there."""

    def __init__(self) -> None:
        self.municipality = register.town()
        self.act = register.operation(self.municipality)
        self.lots = [
            register.predio(
                self.act, shape, key, number=str(number), block_code=BLOCK, titled_area_m2=400,
                address="Calle Barriga",
            )
            for number, (shape, key) in enumerate(zip(strip(3), KEYS, strict=True), 1)
        ]  # fmt: skip
        for lot, person in zip(self.lots, (people.TOMAS, people.INES), strict=False):
            register.holder(self.act, lot, person.full_name, person.cedula, share=1)
        versions = {
            "municipality": self.municipality,
            "valid": register.EVER_SINCE,
            "recorded": DateTimeTZRange(self.act.recorded_at, None),
            "opened_by": self.act,
        }
        self.house = BuildingVersion.objects.create(
            parcel=self.lots[0].parcel,
            unit=self.lots[0],
            geom=register.geos(rectangle(2, 2, 8, 8)),
            floor_area_m2=64,
            structure="CONCRETE",
            **versions,
        )
        answers = {"topography": "FLAT", "front_1_m": "20.00", "risks": ["FLOOD"]}
        Ficha.objects.create(unit=self.lots[0], answers=answers, **versions)
        register.settle()
        tolerance_ordinance(self.municipality)
        self.technician = staff.appoint(people.ROSA, "cadastre_technician", self.municipality)
        self.carrier = staff.appoint(people.VERA, "field_surveyor", self.municipality)

    def package(self, **more) -> FieldPackage:
        """A package of the block for the carrier, a month long."""
        asked = {
            "municipality": self.municipality,
            "area": FieldArea(block=BLOCK),
            "carrier": self.carrier,
            "purpose": "actualización de la manzana",
            "expires_on": today_in(self.municipality) + timedelta(days=30),
            "by": self.technician,
        } | more
        return make_field_package(**asked).package


class InTheField:
    """A package on somebody's telephone: its GeoPackage unpacked, to be changed and taken back."""

    def __init__(self, package: FieldPackage, folder: Path) -> None:
        self.folder = folder / "campo"
        with zipfile.ZipFile(path_of(package.file_id)) as archive:
            archive.extractall(self.folder)
        (self.root,) = self.folder.iterdir()
        self.data = self.root / "datos.gpkg"

    def run(self, sql: str, *values) -> None:
        """Change the data as a form would; the spatial index's triggers are QField's own matter."""
        with closing(sqlite3.connect(self.data)) as database, database:
            for (name,) in database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'rtree%'"
            ).fetchall():
                database.execute(f'DROP TRIGGER "{name}"')
            database.execute(sql, values)

    def draw(self, layer: str, shape: shapely.Geometry, **values) -> None:
        """A new feature."""
        columns = ", ".join(f'"{name}"' for name in ("geom", *values))
        marks = ", ".join("?" * (len(values) + 1))
        self.run(
            f'INSERT INTO "{layer}" ({columns}) VALUES ({marks})', blob(shape), *values.values()
        )

    def redraw(self, layer: str, uuid: object, shape: shapely.Geometry) -> None:
        self.run(f'UPDATE "{layer}" SET geom = ? WHERE uuid = ?', blob(shape), str(uuid))

    def zipped(self, name: str = "retorno") -> Path:
        """The folder as QField shares it."""
        return Path(shutil.make_archive(str(self.folder.parent / name), "zip", self.folder))


def blob(shape: shapely.Geometry) -> bytes:
    """A GeoPackage geometry without envelope; a polygon as the multipolygon of its layer."""
    if shape.geom_type == "Polygon":
        shape = shapely.MultiPolygon([shape])
    return b"GP\x00\x01" + struct.pack("<i", 32717) + shapely.to_wkb(shape)

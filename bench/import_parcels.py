"""How long 50,000 parcels take from file to register, phase by phase; budget 60 s on two cores.

`./lindero bench import_parcels [count]`: writes an uneven synthetic coverage (no two lots alike, sides
shared exactly) and imports it into a scratch database that is dropped at the end.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gis_project.settings")

BUDGET_S = 60.0
DATABASE = "lindero_bench_import"
X0, Y0 = 760_000.0, 9_940_000.0


def coverage(count: int):
    """Quadrilaterals that tile the ground: a lattice whose every node is moved by up to 6 m."""
    import numpy as np
    import shapely

    side = int(np.ceil(np.sqrt(count)))
    random = np.random.default_rng(1703)
    column, row = np.meshgrid(np.arange(side + 1), np.arange(side + 1))
    x = np.round(X0 + column * 25 + random.uniform(-6, 6, column.shape), 3)
    y = np.round(Y0 + row * 25 + random.uniform(-6, 6, row.shape), 3)
    nodes = np.stack([x, y], axis=-1)
    corners = [nodes[i : i + side, j : j + side] for i, j in ((0, 0), (0, 1), (1, 1), (1, 0))]
    rings = np.stack([*corners, corners[0]], axis=2).reshape(-1, 5, 2)[:count]
    return shapely.polygons(rings)


def write(path: Path, count: int) -> None:
    """The coverage as a GeoPackage with key, address and a number."""
    import numpy as np
    import shapely
    from pyogrio import raw

    shapes = shapely.to_wkb(coverage(count))
    keys = np.array(
        [
            f"170350{i // 81000 + 1:02d}{i // 900 % 90 + 1:02d}{i // 30 % 30 + 1:03d}{i % 30 + 1:03d}"
            for i in range(count)
        ],
        dtype=object,
    )
    streets = np.array([f"Calle {i % 400}" for i in range(count)], dtype=object)
    raw.write(
        path, shapes, [keys, streets, np.arange(count)], ["clave", "direccion", "numero"],
        driver="GPKG", geometry_type="Polygon", crs="EPSG:32717", layer="predios",
    )  # fmt: skip


class Stopwatch:
    """Notes when each phase begins."""

    def __init__(self, phases: list[tuple[str, float]]) -> None:
        self._phases = phases

    def __call__(self, phase: str, total: int | None = None) -> None:
        self._phases.append((phase, time.perf_counter()))

    def advance(self, count: int) -> None:
        """How far it is does not matter here."""


def main() -> None:
    """Print one line per phase and the total."""
    from tests import databases

    os.environ.update(databases.environment_for(DATABASE))
    databases.build(DATABASE)
    try:
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
    finally:
        databases.drop(DATABASE)


def measure(count: int) -> None:
    """The import, phase by phase."""
    import django

    django.setup()
    from django.db import connections, transaction

    from cadastre.imports.parcel_map import parcel_map
    from cadastre.imports.reading import read_file
    from cadastre.operations.import_act import SourceFile
    from cadastre.operations.import_parcels import ParcelImport, import_parcels
    from gis_project.territory.models import Municipality
    from gis_project.territory.policy import CONSOLE
    from gis_project.territory.scope import enter

    phases: list[tuple[str, float]] = []
    with tempfile.TemporaryDirectory() as name, transaction.atomic():
        path = Path(name) / "predios.gpkg"
        write(path, count)
        town = Municipality.objects.create(
            slug="banco", dpa_code="0000", name="Banco", official_name="Banco de pruebas"
        )
        enter(town)
        start = time.perf_counter()
        phases.append(("leer el archivo", start))
        layer = read_file(path)
        report = import_parcels(
            layer=layer,
            source=SourceFile(path.name, "0" * 64),
            wanted=ParcelImport(
                map=parcel_map(None, key="clave", address="direccion", number="numero")
            ),
            municipality=town,
            by=CONSOLE,
            commit=True,
            phase=Stopwatch(phases),
        )
        total = time.perf_counter() - start
        transaction.set_rollback(True)
    connections.close_all()
    ends = [since for _, since in phases[1:]] + [start + total]
    for (phase, since), end in zip(phases, ends, strict=True):
        print(f"{phase:<36}{end - since:8.2f} s")
    print(f"{'total':<36}{total:8.2f} s   {count / total:,.0f} predios/s")
    print(f"{'fracción del presupuesto':<36}{total / BUDGET_S * 50_000 / count:8.2f}")
    print(f"leídos {report.read} = {report.admitted} + {report.observed} + {report.rejected}")


if __name__ == "__main__":
    main()

"""`build_basin_index FILE --municipality M`: what the terrain is; `--commit` builds and takes it into use."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.management.progress_bar import ProgressBar
from gis_project.core.errors import InvalidInput
from gis_project.territory import jobs
from water_basins.models import TerrainVersion


class ConditioningNotReadable(InvalidInput):
    """The file of sinks and streams is not what the how-to shows: correct it."""

    code = "conditioning_not_readable"


class Command(BaseCommand):
    help = "Construye el índice de cuencas de un modelo del terreno. Sin --commit, dice qué es."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="ráster de alturas (GeoTIFF u otro que lea GDAL)")
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--title", help="nombre y fuente; por defecto, el del archivo")
        parser.add_argument("--band", type=int, default=1)
        parser.add_argument(
            "--surface",
            choices=TerrainVersion.Surface.values,
            default=TerrainVersion.Surface.GROUND.value,
            help="qué mide: el suelo o lo que lo cubre",
        )
        parser.add_argument(
            "--stream-cells", type=int, default=500, help="celdas aguas arriba que hacen un cauce"
        )
        parser.add_argument("--conditioning", help="JSON con «sinks», «streams» y «burn_m»")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="guarda; sin esto es un ensayo")
        parser.add_argument(
            "--background",
            action="store_true",
            help="con --commit: lo hace el servidor de trabajos",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        # Numba and its kernels take a second and 150 MB: not for `manage help`.
        from water_basins.hydrology.build import version_of
        from water_basins.hydrology.terrain import read_terrain
        from water_basins.operations import build_basin_index as act

        with refusals(), ProgressBar(self.stderr) as phase:
            path = Path(options["file"]).resolve()
            municipality = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            conditioning = read_conditioning(options["conditioning"])
            file = act.TerrainFile(
                path=str(path),
                title=options["title"] or path.name,
                surface=options["surface"],
                stream_cells=options["stream_cells"],
                band=options["band"],
            )
            if not options["commit"]:
                phase("leer el terreno")
                terrain = read_terrain(path, band=file.band)
                grid = terrain.grid
                said = (
                    f"{grid.rows} × {grid.columns} celdas de {grid.cell_width:g} × {grid.cell_height:g}, "
                    f"{grid.crs}; versión {version_of(terrain, conditioning)}. Nada se guardó: agregue --commit."
                )
            elif options["background"]:
                if options["conditioning"]:
                    raise ConditioningNotReadable("--conditioning se usa sin --background.")
                job = jobs.enqueue(
                    act.TASK,
                    municipality=municipality,
                    actor=by,
                    lock=f"basins-{municipality.pk}",
                    path=file.path,
                    title=file.title,
                    surface=file.surface,
                    stream_cells=file.stream_cells,
                    band=file.band,
                )
                said = f"En cola: trabajo {job.pk}."
            else:
                row = act.build_basin_index(
                    file,
                    municipality=municipality,
                    by=by,
                    conditioning=conditioning,
                    advance=lambda done, total=None, message="": phase(message),
                )
                said = f"Rige el terreno «{row.title}», versión {row.version}; hoyos con salida: {row.pits}."
        self.stdout.write(said)


def read_conditioning(name: str | None) -> Any:
    """The parameters of a JSON file, or none."""
    from water_basins.hydrology.conditioning import Conditioning

    if name is None:
        return Conditioning()
    try:
        told = json.loads(Path(name).read_text(encoding="utf-8"))
        return Conditioning(
            sinks=tuple((float(x), float(y)) for x, y in told.get("sinks", [])),
            streams=tuple(
                tuple((float(x), float(y)) for x, y in line) for line in told.get("streams", [])
            ),
            burn_m=float(told.get("burn_m", 0)),
        )
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ConditioningNotReadable(
            f"No se puede leer «{name}»: vea docs/how-to/delineate-a-basin.md.",
            details={"reason": type(error).__name__},
        ) from error

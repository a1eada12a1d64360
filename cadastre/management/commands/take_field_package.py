"""`take_field_package FILE --municipality M --package 2026-000012`: what came back, proposed; `--commit`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cadastre.fieldwork.open_return import COMMAND_RETURN
from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.management.survey_options import add_survey_options, survey_of
from cadastre.models import FieldDelta
from cadastre.operations.take_field_package import Taken, take_field_package
from cadastre.queries.field_packages import find_field_package
from gis_project.territory.scope import enter


class Command(BaseCommand):
    help = (
        "Recibe el retorno de un paquete de campo. Sin --commit, ensaya; nunca cambia el catastro."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", help="ZIP de la carpeta, GeoPackage o archivo de cambios de QField"
        )
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--package", required=True, help="número del paquete, como 2026-000012")
        add_survey_options(parser)
        parser.add_argument("--last", action="store_true", help="cierra el paquete")
        parser.add_argument("--by", help=BY)
        parser.add_argument(
            "--commit", action="store_true", help="guarda el retorno y las propuestas"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"No existe el archivo «{path.name}».")
        with refusals():
            town = town_of(options["municipality"])
            enter(town)
            taken = take_field_package(
                find_field_package(town, options["package"]),
                file=path,
                name=path.name,
                by=actor_of(options["by"], is_committed=options["commit"]),
                survey=survey_of(options),
                is_last=options["last"],
                commit=options["commit"],
                limits=COMMAND_RETURN,
            )
        for line in _lines(taken, is_committed=options["commit"]):
            self.stdout.write(line)


def _lines(taken: Taken, *, is_committed: bool) -> list[str]:
    if taken.is_repeated:
        yes = "Este archivo ya se había recibido: nada se repite."
        return [yes, *map(_line, taken.deltas)]
    report = taken.arrival.report
    missing = len(report["photographs_missing"])
    lines = [
        f"{report['changes']} cambios, {taken.known} ya recibidos; {report['photographs']} fotografías, "
        f"{missing} que no llegaron.",
        *map(_line, taken.deltas),
    ]
    if is_committed:
        return [*lines, "El catastro no cambió: las propuestas esperan en la bandeja."]
    return [*lines, "Ensayo: no se guardó nada. Repita con --commit y --by."]


def _line(delta: FieldDelta) -> str:
    told = f": {delta.message}" if delta.message else ""
    what = FieldDelta.Subject(delta.subject).label
    return f"  {FieldDelta.Outcome(delta.outcome).label} · {what} · {delta.uuid}{told}"

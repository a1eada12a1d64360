"""`propose_survey FILE --municipality M --by …`: a survey's polygons as proposals; `--commit` keeps them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.acts.act_law import acts
from cadastre.imports.reading import read_file
from cadastre.imports.survey_report import SurveyLine, survey_told_in_spanish, write_survey_files
from cadastre.management.import_options import (
    BY,
    actor_of,
    refusals,
    report_folder,
    source_file,
    town_of,
)
from cadastre.management.survey_options import add_survey_options, survey_of
from cadastre.operations.propose_survey import SurveyReport, propose_survey


class Command(BaseCommand):
    help = "Propone los actos que pide un levantamiento. Sin --commit, ensaya; nunca cambia el catastro."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", help="tabla de puntos (CSV, XLSX), plano DXF o archivo de mapas"
        )
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument(
            "--layer", "--sheet", dest="layer", help="capa del plano u hoja del libro"
        )
        parser.add_argument(
            "--key-field", help="columna de la clave (en un DXF, el texto de adentro)"
        )
        parser.add_argument(
            "--lot-field", help="columna que separa los polígonos, si varios llevan la misma clave"
        )
        parser.add_argument("--srid", type=int, help="EPSG del plano si el archivo no lo dice")
        parser.add_argument(
            "--new-ground", choices=["URBAN", "RURAL"], help="clase del terreno que no consta"
        )
        add_survey_options(parser)
        parser.add_argument("--report", help="carpeta del informe; por defecto, una en var/reports")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="guarda las propuestas")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals():
            path = Path(options["file"])
            municipality = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            key_field = options["key_field"]
            table = {"labels": True, "key": options["lot_field"] or key_field or "clave"}
            report = propose_survey(
                layer=read_file(path, layer=options["layer"], table=table),
                source=source_file(path),
                municipality=municipality,
                by=by,
                commit=options["commit"],
                srid=options["srid"],
                key_field=key_field,
                new_ground=options["new_ground"],
                survey=survey_of(options),
            )
            lines = _lines(report)
            text = survey_told_in_spanish(lines, heading=_heading(report), ending=_ending(report))
            folder = report_folder(options["report"], path.name, is_committed=options["commit"])
            written = write_survey_files(lines, text, folder)
        self.stdout.write(text)
        self.stdout.write(f"Informe en {folder}: {', '.join(p.name for p in written)}")


def _heading(report: SurveyReport) -> str:
    notices = "".join(f"\n  {notice}" for notice in report.notices)
    return (
        f"Levantamiento {report.file_name} en {report.municipality}, EPSG:{report.srid}: "
        f"{len(report.drafted)} actos, {len(report.unfit)} que no calzan.{notices}"
    )


def _ending(report: SurveyReport) -> str:
    if report.is_committed:
        return (
            "Propuestas guardadas. El catastro no cambió: otra persona las aprueba en la bandeja."
        )
    return "Ensayo: no se guardó nada. Repita con --commit y --by."


def _lines(report: SurveyReport) -> list[SurveyLine]:
    fits = [
        SurveyLine(
            positions=one.positions,
            key=one.key,
            result="calza",
            act=acts()[one.verb].title,
            proposal=str(one.proposal or "") if report.is_committed else "",
            told="\n".join(one.notes),
        )
        for one in report.drafted
    ]
    return fits + [
        SurveyLine(
            positions=one.positions,
            key=one.key,
            result="no calza",
            act="",
            proposal="",
            told=one.reason.message,
        )
        for one in report.unfit
    ]

"""`quality --municipality M`: applies the quality rules and tells what each found; `--commit` keeps it."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cadastre.imports.finding_layers import write_finding_layers
from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.management.progress_bar import ProgressBar
from cadastre.models import QualityRun
from cadastre.operations.check_quality import Asked, begin_quality_run, carry_on
from cadastre.quality.rule import quality_rules
from cadastre.queries.quality_runs import finding_rows, run_named


class Command(BaseCommand):
    help = "Revisa la calidad del catastro con todas las reglas o con las que se digan. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--rules", nargs="+", default=[], help="códigos de las reglas")
        parser.add_argument("--keys", nargs=2, metavar=("DESDE", "HASTA"), help="rango de claves")
        parser.add_argument("--day", type=date.fromisoformat, help="AAAA-MM-DD; por defecto, hoy")
        parser.add_argument("--out", type=Path, help="GeoPackage de los hallazgos")
        parser.add_argument("--resume", type=int, help="continúa la revisión de ese número")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="guarda; sin esto es un ensayo")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals(), ProgressBar(self.stderr) as phase:
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            asked = Asked(
                keys=tuple(options["keys"]) if options["keys"] else None,
                rules=options["rules"],
                day=options["day"],
            )
            if options["commit"]:
                resumed = options["resume"]
                run = run_named(town, resumed) if resumed else begin_quality_run(town, asked, by=by)
                phase(f"revisión {run.pk}, {len(run.rules)} reglas")
                self._tell(carry_on(run, hands=2), options["out"])
            else:
                with transaction.atomic():
                    run = begin_quality_run(town, asked, by=by)
                    phase(f"ensayo con {len(run.rules)} reglas")
                    self._tell(carry_on(run), options["out"])
                    transaction.set_rollback(True)
        if run.state == QualityRun.State.INCOMPLETE:
            raise SystemExit(1)

    def _tell(self, run: QualityRun, out: Path | None) -> None:
        for result in run.results.order_by("-findings", "code"):
            rule = quality_rules()[result.code]
            if result.state == "FAILED":
                self.stdout.write(f"{'FALLÓ':>8}  {rule.code}: {result.message}")
            elif result.findings:
                self.stdout.write(f"{result.findings:>8}  {rule.code}: {rule.title}")
        total = run.findings.count()
        self.stdout.write(f"Revisión {run.pk}: {total} hallazgos, {run.get_state_display()}.")
        if out is not None:
            write_finding_layers(finding_rows(run), out)
            self.stdout.write(f"Hallazgos en {out}")

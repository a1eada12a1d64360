"""lint_ordinance: what is wrong with an ordinance's tables and prices, before the council votes; writes nothing."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.management.import_options import refusals, town_of
from cadastre.ordinances.finding import LintReport, Severity
from cadastre.ordinances.tax_years import first_tax_year
from cadastre.queries.ordinance_findings import ordinance_findings
from cadastre.queries.ordinance_list import ordinance_named


class Command(BaseCommand):
    help = "Revisa una ordenanza: tablas, tarifas y plano de valores. Sale con 1 si algo impide aprobar."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ordinance", help="número o identificador de la ordenanza")
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument(
            "--year", type=int, help="año de la emisión; por defecto, el primero que rige"
        )
        parser.add_argument("--json", action="store_true", help="el informe en JSON")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals():
            ordinance = ordinance_named(town_of(options["municipality"]), options["ordinance"])
            year = options["year"] or first_tax_year(ordinance.valid.lower)
            report = ordinance_findings(ordinance, year=year)
        if options["json"]:
            told = {"ordinance": ordinance.number, "year": year} | report.as_dict()
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(f"Ordenanza {ordinance.number}, emisión {year}")
            for line in told_lines(report):
                self.stdout.write(line)
        if report.counts()[Severity.ERROR]:
            raise SystemExit(1)


def told_lines(report: LintReport) -> list[str]:
    """The report line by line."""
    lines = []
    for one in report.findings:
        lines.append(f"  {one.severity.label_es}: {one.where} [{one.code}]")
        lines.append(f"    {one.message}")
        if one.article:
            lines.append(f"    {one.article}")
        if one.keys:
            more = f" y {one.count - len(one.keys)} más" if one.count > len(one.keys) else ""
            lines.append(f"    {', '.join(one.keys)}{more}")
    if not report.is_complete:
        lines.append("  Lo demás se revisará cuando se corrija lo que impide leerla.")
    counts = report.counts()
    told = ", ".join(f"{counts[severity]} {severity.label_es}" for severity in Severity)
    return [*lines, f"  {told}." if report.findings else "  Sin observaciones."]

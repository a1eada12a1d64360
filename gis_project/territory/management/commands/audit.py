"""audit: every law of integrity and how many rows break it; exit code 1 if any does."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gis_project.territory.queries.integrity_laws import audit


class Command(BaseCommand):
    help = "Comprueba todas las leyes de integridad; termina con código 1 si alguna no se cumple."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--examples", type=int, default=3, help="filas que se muestran por ley")

    def handle(self, **options: Any) -> None:
        broken = tolerated = 0
        for finding in audit(examples=options["examples"]):
            mark = (
                "tolerado" if finding.law.is_tolerated else ("FALLA" if finding.count else "bien")
            )
            self.stdout.write(f"{finding.count:>8}  {mark:<8}  {finding.law.name}")
            self.stdout.write(f"{'':>20}{finding.law.sentence}")
            if finding.law.is_tolerated:
                tolerated += finding.count
                continue
            broken += finding.count
            for row in finding.examples:
                told = ", ".join(f"{name}={value}" for name, value in row.items())
                self.stdout.write(f"{'':>20}· {told}")
        self.stdout.write(f"{broken} filas rompen una ley; {tolerated} toleradas.")
        if broken:
            raise SystemExit(1)

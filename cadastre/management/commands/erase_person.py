"""`erase_person DOCUMENT --municipality M --reason R --legal-basis L`: a rehearsal; `--commit` erases."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.operations.erase_person import erase_person, person_of


class Command(BaseCommand):
    help = "Suprime los datos personales de un titular; el catastro queda entero. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("document", help="cédula, RUC o pasaporte registrado")
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--reason", required=True, help="motivo")
        parser.add_argument("--legal-basis", required=True, help="artículo o resolución")
        parser.add_argument("--request", default="", help="número de la solicitud del titular")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="suprime; no se puede deshacer")

    def handle(self, *_: Any, **options: Any) -> None:
        is_committed = options["commit"]
        with refusals():
            town = town_of(options["municipality"])
            done = erase_person(
                person_of(options["document"], municipality=town),
                by=actor_of(options["by"], is_committed=is_committed),
                reason=options["reason"],
                legal_basis=options["legal_basis"],
                request=options["request"],
                dry_run=not is_committed,
            )
        self.stdout.write("Suprimido." if is_committed else "Ensayo: nada cambió.")
        for duty in done.duties:
            self.stdout.write(f"Lo impide: {duty.message}")
        for table, rows in sorted(done.counts.items()):
            self.stdout.write(f"  {table}: {rows}")
        self.stdout.write(f"Archivos de documentos vencidos: {len(done.files)}")
        self.stdout.write(
            f"Escaneos de actos que se conservan (prueban derechos de otros): {done.kept_scans}"
        )
        for report in done.reports:
            self.stdout.write(f"Revise a mano el informe de trabajo reports/{report}")
        self.stdout.write("Los respaldos anteriores conservan los datos hasta que venzan.")

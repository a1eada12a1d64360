"""add_municipality: what would be added; --commit adds it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from gis_project.core.errors import DomainError
from gis_project.territory.operations.add_municipality import add_municipality
from gis_project.territory.policy import CONSOLE

SRID_HELP = (
    "sistema en que se miden áreas y linderos: 32717 o 32718. Sin él, 32717; "
    "en Carchi y la Amazonía hay que decirlo"
)


class Command(BaseCommand):
    help = "Agrega un municipio (ensayo, salvo con --commit)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--slug", required=True, help="nombre en la dirección web: mejia")
        parser.add_argument(
            "--dpa", required=True, help="código DPA del cantón, de cuatro dígitos: 1703"
        )
        parser.add_argument("--name", required=True, help="cantón: Mejía")
        parser.add_argument("--official-name", default="", help="GAD Municipal de Mejía")
        parser.add_argument("--office", default="", help="dependencia de avalúos y catastros")
        parser.add_argument("--legal-srid", type=int, help=SRID_HELP)
        parser.add_argument("--time-zone", default="America/Guayaquil", help="zona horaria")
        parser.add_argument("--commit", action="store_true", help="escribe; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        try:
            with transaction.atomic():
                municipality = add_municipality(
                    slug=options["slug"],
                    dpa_code=options["dpa"],
                    name=options["name"],
                    official_name=options["official_name"],
                    cadastre_office=options["office"],
                    legal_srid=options["legal_srid"],
                    time_zone=options["time_zone"],
                    by=CONSOLE,
                )
                parishes = list(municipality.parishes.all())
                transaction.set_rollback(not options["commit"])
        except DomainError as refusal:
            facts = f" {refusal.details}" if refusal.details else ""
            raise CommandError(f"{refusal.message}{facts}") from refusal
        self.stdout.write(
            f"{municipality.official_name} ({municipality.dpa_code}), /{municipality.slug}/, "
            f"CRS legal EPSG:{municipality.legal_srid}."
        )
        self.stdout.write(f"Parroquias, sin límite todavía ({len(parishes)}):")
        for parish in parishes:
            self.stdout.write(f"  {parish.dpa_code} {parish.name}, {parish.get_kind_display()}")
        self.stdout.write(
            "Agregado." if options["commit"] else "Ensayo: no se escribió. Repita con --commit."
        )

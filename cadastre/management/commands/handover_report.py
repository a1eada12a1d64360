"""`handover_report --municipality M [--out file.pdf|.html]`: what an incoming administration finds."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.operations.handover_report import handover_report


class Command(BaseCommand):
    help = "Escribe el informe de entrega para la administración entrante, en PDF o HTML."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre corto o código DPA")
        parser.add_argument(
            "--out", type=Path, help="archivo .pdf o .html; por omisión, un PDF en var/reports"
        )
        parser.add_argument("--by", help=BY)

    def handle(self, **options: Any) -> None:
        with refusals():
            town = town_of(options["municipality"])
            now = timezone.now()
            out = (
                options["out"] or settings.VAR / "reports" / f"entrega-{town.slug}-{now:%Y%m%d}.pdf"
            )
            if out.suffix.lower() not in (".pdf", ".html"):
                raise CommandError("El archivo de --out termina en .pdf o en .html.")
            made = handover_report(
                municipality=town,
                by=actor_of(options["by"]),
                at=now,
                as_pdf=out.suffix.lower() == ".pdf",
            )
        out.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        out.touch(mode=0o600)
        out.write_bytes(made)
        self.stdout.write(f"Informe de entrega en {out}")

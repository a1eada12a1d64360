"""`manage.py render_server`: the processes that draw maps."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from layers.render.server import CannotListen, serve


class Command(BaseCommand):
    help = "Dibuja los mapas en procesos propios, detrás de un socket; termina con SIGTERM."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--socket", type=Path, default=settings.RENDER_SOCKET)
        parser.add_argument("--processes", type=int, default=settings.RENDER_PROCESSES)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            serve(options["socket"], processes=max(options["processes"], 1))
        except CannotListen as error:
            raise CommandError(str(error)) from error

"""restore: a backup into a second cluster, compared with what its manifest says; --switch takes it."""

import os
import pwd
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from gis_project.core.errors import DomainError
from gis_project.territory.backup import second_cluster, wal_archive
from gis_project.territory.backup.comparison import Row
from gis_project.territory.backup.folder import (
    BackupFolder,
    BackupRefused,
    open_for_reading,
    read_passphrase,
)
from gis_project.territory.backup.laws import broken_laws
from gis_project.territory.backup.restore import Restored, choose_set, restore, write_proof
from gis_project.territory.backup.second_cluster import Place
from gis_project.territory.backup.server import programs_of, recorded_cluster
from gis_project.territory.backup.switch import adopt, check_same_installation


class Command(BaseCommand):
    help = (
        "Restaura un respaldo al lado de la base actual y lo compara; con --switch pasa a usarlo."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="la carpeta de los respaldos")
        parser.add_argument("--set", help="qué juego (por omisión, el más nuevo)")
        parser.add_argument("--passphrase-file", type=Path, help="archivo con la frase que lo abre")
        parser.add_argument(
            "--to-time", help="hasta este instante, p. ej. 2026-11-22T09:30:00-05:00"
        )
        parser.add_argument(
            "--at-backup", action="store_true", help="tal como estaba al hacer el respaldo"
        )
        parser.add_argument("--into", type=Path, help="carpeta nueva para la base restaurada")
        ending = parser.add_mutually_exclusive_group()
        ending.add_argument(
            "--switch", action="store_true", help="si todo es igual, la instalación pasa a usarla"
        )
        ending.add_argument("--discard", action="store_true", help="solo prueba: al final la borra")
        ending.add_argument("--keep-running", action="store_true", help="la deja en marcha")
        parser.add_argument(
            "--other-installation",
            action="store_true",
            help="admite que el respaldo no tenga los municipios de la base actual",
        )

    def handle(self, **options: Any) -> None:
        try:
            self._run(options)
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal

    def _run(self, options: dict[str, Any]) -> None:
        named = options["passphrase_file"] or settings.BACKUP_PASSPHRASE_FILE
        folder = open_for_reading(options["folder"].absolute(), passphrase=read_passphrase(named))
        instant = _instant(options["to_time"])
        manifest = choose_set(folder, name=options["set"], instant=instant)
        programs = programs_of(manifest.postgres_major, settings.PG_BIN)
        if options["switch"] and not (settings.VAR / "cluster").is_file():
            raise BackupRefused(
                "La base de esta instalación es de otro servidor (DATABASE_URL): su administrador carga el "
                "volcado. Sin --switch se restaura y compara en un servidor privado."
            )
        if options["switch"] and not options["other_installation"]:
            present = recorded_cluster(settings.VAR, settings.PG_BIN)
            check_same_installation(manifest, present, settings.DATABASES["default"]["NAME"])
        place = Place(options["into"] or _home(), _server_user())
        self.stdout.write(
            f"Juego {manifest.id} de {', '.join(manifest.municipalities) or 'ningún municipio'}, "
            f"Lindero {manifest.lindero}, en {place.home}"
        )
        result = restore(
            manifest,
            folder=folder,
            place=place,
            programs=programs,
            instant=instant,
            at_backup=options["at_backup"],
            keep_running=True,
            tell=self._tell,
        )
        try:
            self._report(result)
            laws = self._laws(result)
            self._note(result)
            if options["switch"]:
                wal_archive_history(result, folder)
        finally:
            if not options["keep_running"]:
                second_cluster.stop(result.cluster)
        if not (result.is_equal and laws):
            raise CommandError(
                "Lo restaurado NO es igual: no lo use. Pruebe otro juego u otra copia."
            )
        self._end(options, result, folder, place)

    def _end(
        self, options: dict[str, Any], result: Restored, folder: BackupFolder, place: Place
    ) -> None:
        if options["discard"]:
            second_cluster.remove(place)
            self.stdout.write("Probado; la base de prueba se borró.")
        elif options["keep_running"]:
            self.stdout.write(
                f"En marcha: {result.cluster.url('lindero_app', result.manifest.database)}"
            )
        elif options["switch"]:
            made = adopt(result, folder=folder, var=settings.VAR, files=Path(settings.MEDIA_ROOT))
            self.stdout.write(f"La instalación usa ahora {result.cluster.data}.")
            self.stdout.write(f"  {made.files} archivos subidos volvieron a su sitio.")
            if made.before:
                self.stdout.write(f"  La base anterior sigue en {made.before}; nada se borró.")
            if made.keys_aside:
                self.stdout.write(
                    f"  Claves del respaldo puestas; las anteriores, en {made.keys_aside}."
                )
            self.stdout.write("  Siga con ./lindero up y haga enseguida un respaldo nuevo.")
        else:
            self.stdout.write(f"Restaurada en {result.cluster.data}; la instalación no cambió.")

    def _report(self, result: Restored) -> None:
        self._table("respaldo", "restaurado", result.rows, "distinto")
        if result.later:
            self.stdout.write(f"\nDespués siguió hasta {result.until}; desde el respaldo cambió:")
            self._table("respaldo", "ahora", result.later, "cambió")
        self.stdout.write(f"{result.seconds} s.")

    def _table(self, left: str, right: str, rows: list[Row], otherwise: str) -> None:
        self.stdout.write(f"{'':<9} {'':<44} {left:<26} {right}")
        for row in rows:
            mark = "igual" if row.is_equal else otherwise
            self.stdout.write(f"{mark:<9} {row.name:<44} {row.backup:<26} {row.restored}")

    def _laws(self, result: Restored) -> bool:
        broken = broken_laws(result.cluster, result.manifest)
        if broken is None:
            self.stdout.write(
                "Leyes del registro: el respaldo es de otra versión; tras ./lindero up, audit."
            )
            return True
        self.stdout.write(f"Leyes del registro: {broken or 'ninguna rota'}")
        return not broken

    def _note(self, result: Restored) -> None:
        try:
            write_proof(result)
        except OSError as error:
            self.stderr.write(f"  No se pudo anotar la prueba en la carpeta: {error.strerror}.")

    def _tell(self, line: str) -> None:
        self.stderr.write(f"  … {line}")


def wal_archive_history(result: Restored, folder: BackupFolder) -> None:
    """A switched cluster's branch is told to the folder, so that a later one takes another number."""
    if result.manifest.wal:
        wal_archive.store_history(result.cluster, folder, result.manifest.wal.system)


def _instant(text: str | None) -> datetime | None:
    """With its time zone; one without is meant in the country's."""
    if text is None:
        return None
    instant = parse_datetime(text)
    if instant is None:
        raise BackupRefused(
            f"«{text}» no es un instante: escriba por ejemplo 2026-11-22T09:30:00-05:00"
        )
    return instant if timezone.is_aware(instant) else timezone.make_aware(instant)


def _home() -> Path:
    """A new folder beside the present cluster."""
    stamp = timezone.now().strftime("%Y%m%d%H%M%S")
    record = settings.VAR / "cluster"
    if not record.is_file():
        return Path(settings.VAR) / "postgres" / f"restored-{stamp}"
    home = Path(record.read_text(encoding="utf-8").splitlines()[0]).parent
    if home.name.startswith("restored-"):
        home = home.parent
    return home / f"restored-{stamp}"


def _server_user() -> tuple[int, int]:
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    told = pwd.getpwnam("postgres")
    return told.pw_uid, told.pw_gid

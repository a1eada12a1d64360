"""backup: a set in a folder (a USB disk, a mount), with what is needed to restore and to prove it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gis_project.core.errors import DomainError
from gis_project.territory.backup import wal_archive
from gis_project.territory.backup.folder import (
    BackupFolder,
    BackupRefused,
    open_for_reading,
    open_for_writing,
    read_passphrase,
    write_text,
)
from gis_project.territory.backup.listing import lines_of
from gis_project.territory.backup.manifest import Manifest
from gis_project.territory.backup.retention import keep_newest
from gis_project.territory.backup.server import Cluster, recorded_cluster
from gis_project.territory.backup.take import Installation, system_of, take_base, take_logical


class Command(BaseCommand):
    help = "Respalda la base, sus cambios, los archivos subidos y las claves en una carpeta."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, help="carpeta (por omisión, LINDERO_BACKUP_FOLDER)")
        parser.add_argument("--passphrase-file", type=Path, help="archivo con la frase que cifra")
        parser.add_argument("--plain", action="store_true", help="sin cifrar y sin las claves")
        parser.add_argument(
            "--keep", type=int, help="deja los N juegos más nuevos y borra el resto"
        )
        parser.add_argument("--logical", action="store_true", help="volcado con pg_dump")
        parser.add_argument(
            "--archive-on", action="store_true", help="y desde ahora archiva cada cambio"
        )
        parser.add_argument("--archive-off", action="store_true", help="deja de archivar cambios")
        parser.add_argument(
            "--wal-only", action="store_true", help="solo lleva a la carpeta los cambios archivados"
        )
        parser.add_argument("--list", action="store_true", help="dice qué hay en la carpeta")

    def handle(self, **options: Any) -> None:
        try:
            self._run(options)
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal

    def _run(self, options: dict[str, Any]) -> None:
        cluster = own_cluster()
        if options["archive_off"]:
            wal_archive.turn_off(_required(cluster))
            self.stdout.write("Ya no se archivan los cambios.")
            return
        root = (options["to"] or settings.BACKUP_FOLDER or Path()).absolute()
        if not options["to"] and not settings.BACKUP_FOLDER:
            raise BackupRefused("Indique la carpeta con --to, o en LINDERO_BACKUP_FOLDER.")
        if options["keep"] is not None and options["keep"] < 1:
            raise BackupRefused("--keep necesita al menos 1.")
        named = options["passphrase_file"] or settings.BACKUP_PASSPHRASE_FILE
        phrase = None if options["plain"] else read_passphrase(named)
        if options["list"]:
            for line in lines_of(open_for_reading(root, passphrase=phrase)):
                self.stdout.write(line)
            return
        folder = open_for_writing(root, passphrase=phrase, plain=options["plain"])
        if options["wal_only"]:
            self._ship(_required(cluster), folder)
            return
        self._report(self._take(options, cluster, folder), folder)
        if options["keep"]:
            gone = keep_newest(folder, count=options["keep"])
            self.stdout.write(
                f"Se borraron {gone.sets} juegos, {gone.segments} segmentos y {gone.files} archivos."
            )

    def _take(
        self, options: dict[str, Any], cluster: Cluster | None, folder: BackupFolder
    ) -> Manifest:
        installation = Installation(
            var=settings.VAR,
            files=Path(settings.MEDIA_ROOT),
            secret_key=settings.SECRET_KEY,
            privacy_key=settings.PRIVACY_KEY,
        )
        if cluster is None or options["logical"]:
            if options["archive_on"]:
                raise BackupRefused("--archive-on es de la base privada, no del volcado lógico.")
            return take_logical(
                installation=installation,
                url=settings.DATABASE_OWNER_URL,
                programs=settings.PG_BIN,
                folder=folder,
                tell=self._tell,
            )
        return take_base(
            installation=installation,
            cluster=cluster,
            database=settings.DATABASES["default"]["NAME"],
            folder=folder,
            keep_archiving=options["archive_on"],
            tell=self._tell,
        )

    def _ship(self, cluster: Cluster, folder: BackupFolder) -> None:
        if not wal_archive.is_on(cluster):
            raise BackupRefused("No se archivan los cambios: empiece con backup --archive-on.")
        wal_archive.finish_segment(cluster)
        with folder.locked():
            count = wal_archive.ship(cluster, folder, system_of(cluster))
        self.stdout.write(f"{count} segmentos de cambios llevados a {folder.root}.")

    def _report(self, made: Manifest, folder: BackupFolder) -> None:
        write_text(settings.VAR / "last-backup", f"{made.made_at} {made.folder}\n")
        size = sum(part.bytes for part in made.parts.values()) / 2**20
        rows = sum(table.rows for table in made.facts.tables.values())
        self.stdout.write(f"Respaldo {made.folder}")
        self.stdout.write(
            f"  {len(made.facts.tables)} tablas, {rows} filas, {len(made.files)} archivos subidos; "
            f"{size:.1f} MiB en {made.seconds} s; "
            + ("cifrado" if made.encrypted else "SIN CIFRAR: guárdelo bajo llave")
        )
        if not made.secrets_included:
            self.stdout.write(
                "  NO lleva las claves: guarde aparte SECRET_KEY y LINDERO_PRIVACY_KEY "
                f"({settings.VAR}/lindero.env); sin ellas no se cotejan las huellas de personas."
            )
        self.stdout.write(f"  Aún no está probado: ./lindero restore {folder.root} --discard")

    def _tell(self, line: str) -> None:
        self.stderr.write(f"  … {line}")


def own_cluster() -> Cluster | None:
    """The private cluster when the database's address leads to its socket; otherwise none."""
    cluster = recorded_cluster(settings.VAR, settings.PG_BIN)
    if cluster and settings.DATABASES["default"]["HOST"] == str(cluster.socket):
        return cluster
    return None


def _required(cluster: Cluster | None) -> Cluster:
    if cluster is None:
        raise BackupRefused(
            "La base es de otro servidor: sus cambios los archiva su administrador; aquí solo --logical."
        )
    return cluster

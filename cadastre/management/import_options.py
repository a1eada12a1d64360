"""What the import commands share: their options, who acts, where the report goes."""

import hashlib
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from cadastre.operations.import_act import SourceFile
from gis_project.core.errors import DomainError, InvalidInput, NotFound
from gis_project.territory.identifiers import read_identifier
from gis_project.territory.models import Municipality, User
from gis_project.territory.policy import CONSOLE, Actor, NamedAtConsole
from gis_project.territory.queries.named_municipality import named_municipality

_CHUNK = 1024 * 1024
BY = "cédula, teléfono o correo de la persona responsable; obligatorio con --commit"


class NobodyResponsible(InvalidInput):
    """A command that writes names nobody who answers for it: add ``--by``."""

    code = "nobody_responsible"


def add_common_options(parser: ArgumentParser, *, maps: str = "") -> None:
    """FILE, --municipality, --map, --valid-from, --report, --by, --commit; ``maps``: the ready ones."""
    parser.add_argument("file", help="archivo que se carga")
    parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
    parser.add_argument("--map", help=f"archivo TOML que dice qué columna es qué{maps}")
    parser.add_argument(
        "--valid-from", type=date.fromisoformat, help="AAAA-MM-DD; por defecto, hoy"
    )
    parser.add_argument(
        "--report",
        help="carpeta del informe y los hallazgos; por defecto, una nueva en var/reports",
    )
    parser.add_argument("--by", help=BY)
    parser.add_argument("--commit", action="store_true", help="guarda; sin esto es un ensayo")


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the domain's refusals into the command's message and exit code 1."""
    try:
        yield
    except DomainError as refusal:
        raise CommandError(refusal.message) from refusal


def town_of(slug_or_code: str) -> Municipality:
    """The municipality of that slug, DPA code or name."""
    return named_municipality(slug_or_code, console=True)


def actor_of(identifier: str | None, *, is_committed: bool = False) -> Actor:
    """The user of that cédula, telephone or e-mail; without one whoever sits at the console.

    ``is_committed``: the command writes what somebody has to answer for. Raises NobodyResponsible, NotFound.
    """
    if identifier is None:
        if is_committed:
            raise NobodyResponsible(
                "Con --commit diga quién responde: --by y la cédula, el teléfono o el correo de una persona con "
                "nombramiento. La primera se nombra con appoint (docs/how-to/appoint.md)."
            )
        return CONSOLE
    read = read_identifier(identifier)
    for name in ("cedula", "phone", "email"):
        value = getattr(read, name)
        if value and (user := User.objects.filter(**{name: value}).first()):
            return NamedAtConsole(user)
    raise NotFound("No hay una persona usuaria con ese identificador.")


def source_file(path: Path) -> SourceFile:
    """Name and SHA-256 of the file; of a folder, of its files in the order of their names."""
    digest = hashlib.sha256()
    for part in [path] if path.is_file() else sorted(p for p in path.iterdir() if p.is_file()):
        if part != path:
            digest.update(part.name.encode())
        with part.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    return SourceFile(path.name, digest.hexdigest())


def report_folder(wanted: str | None, source: str, *, is_committed: bool) -> Path:
    """The folder of the report, made: as asked, else a new one in ``var/reports`` named after the source.

    Reports name people and predios: a new folder is its owner's alone.
    """
    if wanted:
        asked = Path(wanted)
        if not asked.is_dir():
            asked.mkdir(mode=0o700, parents=True)
        return asked
    reports = settings.VAR / "reports"
    reports.mkdir(mode=0o700, parents=True, exist_ok=True)
    run = f"{timezone.localtime():%Y%m%d-%H%M%S}-{'carga' if is_committed else 'ensayo'}"
    stem = (
        re.sub(r"[^\w.-]+", "_", source if "/" in source else Path(source).stem).lstrip("._-")
        or "datos"
    )
    for again in range(100):
        folder: Path = reports / f"{stem}-{run}{f'-{again + 1}' if again else ''}"
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            continue  # another run of the same second
        return folder
    raise CommandError(f"No se pudo crear una carpeta nueva en {reports}: use --report.")
